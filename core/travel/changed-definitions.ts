import { deciderHash } from '../aggregate/handle'
import type { Aggregate, Projection } from '../design/aggregate'
import type { Design } from '../design/document'
import { projectionHash } from '../projection/fold'

export interface ChangedAggregate {
  readonly before: Aggregate
  readonly after: Aggregate
  /** Its states may be other ones: `evolve`, an upcaster or the initial state was edited. */
  readonly folds: boolean
  /** Its answers may be other ones: a rule, a `decide` or a schema was edited, or what the states are folded by. */
  readonly decides: boolean
}

export interface ChangedProjection {
  readonly before: Projection
  readonly after: Projection
}

export interface ChangedDefinitions {
  readonly aggregates: readonly ChangedAggregate[]
  readonly projections: readonly ChangedProjection[]
}

/**
 * Which definitions that both documents have would read history otherwise. What is new has no history yet; what is
 * gone or renamed has left its own behind.
 */
export function changedDefinitions(before: Design, after: Design): ChangedDefinitions {
  const aggregates = after.aggregates.flatMap((aggregate) => {
    const was = before.aggregates.find(({ id }) => id === aggregate.id)
    if (was === undefined || was === aggregate) return []
    const folds = deciderHash(was) !== deciderHash(aggregate)
    const decides = folds || decisionText(was) !== decisionText(aggregate)
    return folds || decides ? [{ before: was, after: aggregate, folds, decides }] : []
  })
  const projections = after.projections.flatMap((projection) => {
    const was = before.projections.find(({ id }) => id === projection.id)
    if (was === undefined || projectionHash(before, was) === projectionHash(after, projection)) return []
    return [{ before: was, after: projection }]
  })
  return { aggregates, projections }
}

/** Everything that a decision goes by, beside the state. */
const decisionText = ({ commands, rules, isTerminal }: Aggregate): string =>
  JSON.stringify([
    rules.map(({ id, code, check }) => [id, code, check]),
    commands.map(({ name, schema, rules: guards, decide }) => [name, schema, guards, decide]),
    isTerminal,
  ])
