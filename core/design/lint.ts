import type { Design } from './document'
import { lintCompensation } from './lint-compensation'
import { lintEdges } from './lint-edges'
import { lintEvents } from './lint-events'
import { lintFlow } from './lint-flow'
import { lintHttp } from './lint-http'
import { lintIds } from './lint-ids'
import { lintJoins } from './lint-joins'
import { lintModels } from './lint-models'
import { lintNodes } from './lint-nodes'
import { lintPolicies } from './lint-policies'
import { lintRecursion } from './lint-recursion'
import { actionsOf, lintReferences, sagasOf } from './lint-references'
import { lintRules } from './lint-rules'
import { lintSchemas } from './lint-schemas'
import { sagaScope } from './lint-scope'
import { lintWrites } from './lint-writes'
import type { Problem, Severity } from './problem'

export { codeProblems, type Problem } from './problem'

const WEIGHT: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }

/**
 * Everything that can be told about a design without running its code: errors first, then in document order as the
 * rules find them. Never throws for a design the schema accepts.
 * @see codeProblems for what the sandbox finds
 */
export function lintDesign(design: Design): readonly Problem[] {
  const found = [
    ...lintIds(design),
    ...design.sagas.flatMap((saga, at) => {
      const scope = sagaScope(design, at, saga)
      return [lintEdges, lintNodes, lintFlow, lintJoins, lintCompensation, lintWrites].flatMap((rule) =>
        rule(scope),
      )
    }),
    ...lintReferences(design),
    ...lintRecursion(design),
    ...lintEvents(design),
    ...lintPolicies(design),
    ...lintRules(design),
    ...lintModels(design),
    ...lintHttp(design),
    ...lintSchemas(design),
  ]
  return found.toSorted((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity])
}

/**
 * The errors that keep a saga from running: its own, those of the sagas it runs, and those of the services and
 * aggregates they use. An error elsewhere in the design is nobody's hindrance.
 * @param problems lint's, and the code's if they are known
 */
export function blockingProblems(
  design: Design,
  problems: readonly Problem[],
  sagaId: string,
): readonly Problem[] {
  const used = usedBy(design, sagaId)
  return problems.filter(({ severity, path }) => {
    const [part, at] = path
    return (
      severity === 'error' &&
      (path.length === 0 || (typeof part === 'string' && typeof at === 'number' && used.has(`${part}.${at}`)))
    )
  })
}

/** Whether a saga of this name is there and nothing keeps it from running. */
export function canRun(design: Design, problems: readonly Problem[], sagaId: string): boolean {
  return (
    design.sagas.some(({ id }) => id === sagaId) && blockingProblems(design, problems, sagaId).length === 0
  )
}

/** `sagas.0`, `services.2` …: what a run of this saga touches. Of things with one id, all: each may be meant. */
function usedBy(design: Design, sagaId: string): ReadonlySet<string> {
  const used = new Set<string>()
  const open = new Set([sagaId])
  const use = (part: 'services' | 'aggregates', id: string): void => {
    design[part].forEach((candidate, at) => {
      if (candidate.id === id) used.add(`${part}.${at}`)
    })
  }
  for (const id of open) {
    design.sagas.forEach((saga, at) => {
      if (saga.id !== id) return
      used.add(`sagas.${at}`)
      for (const node of saga.nodes) {
        for (const child of sagasOf(node, [])) open.add(child.saga)
        for (const { action } of actionsOf(node, [])) {
          if (action.type === 'call') use('services', action.service)
          if (action.type === 'command') use('aggregates', action.aggregate)
        }
      }
    })
  }
  return used
}
