import type { Aggregate, Projection } from '@/core/design/aggregate'
import type { Design } from '@/core/design/document'
import type { Saga } from '@/core/design/saga'
import type { Scenario } from '@/core/design/scenario'
import { isJsonObject } from '@/core/json'
import { assertNever } from '@/core/result'
import type { Recipe } from '@/lib/design-store'
import { scenarioId } from '@/lib/scenarios/free-id'

/** What a new scenario is about. */
export type Subject = Scenario['type']

/** Recipes that change one scenario in place; one that is gone, or about something else by now, is left alone. */
export const inScenario =
  <T extends Subject>(
    id: string,
    type: T,
    change: (scenario: Extract<Scenario, { type: T }>) => void,
  ): Recipe =>
  (draft) => {
    const found = draft.scenarios.find((scenario) => scenario.id === id)
    if (found?.type === type) change(found as Extract<Scenario, { type: T }>)
  }

/** Changes what all scenarios have. */
export const inAnyScenario =
  (id: string, change: (scenario: Scenario) => void): Recipe =>
  (draft) => {
    const found = draft.scenarios.find((scenario) => scenario.id === id)
    if (found) change(found)
  }

/** A scenario about the first thing of its kind, with what its schemas give as examples. It expects nothing yet. */
export function newScenario(design: Design, about: Subject): Scenario {
  const name = `New scenario${design.scenarios.length === 0 ? '' : ` ${design.scenarios.length + 1}`}`
  const own = { id: scenarioId(design, name), name }
  switch (about) {
    case 'aggregate':
      return { ...own, ...aboutAggregate(design.aggregates[0]) }
    case 'projection':
      return { ...own, ...aboutProjection(design.projections[0]) }
    case 'saga':
      return { ...own, ...aboutSaga(design.sagas[0]) }
    default:
      return assertNever(about)
  }
}

export function aboutAggregate(aggregate: Aggregate | undefined) {
  const command = aggregate?.commands[0]
  return {
    type: 'aggregate' as const,
    aggregate: aggregate?.id ?? 'Aggregate',
    key: 'example',
    given: [],
    when: { type: command?.name ?? 'Command', payload: command?.example ?? {} },
    expect: {},
  }
}

export function aboutProjection(projection: Projection | undefined) {
  return {
    type: 'projection' as const,
    projection: projection?.id ?? 'overview',
    given: [],
    expect: { rows: {} },
  }
}

export function aboutSaga(saga: Saga | undefined) {
  const start = saga?.nodes.find(({ type }) => type === 'start')
  const example = start?.type === 'start' ? start.inputExample : {}
  return {
    type: 'saga' as const,
    saga: saga?.id ?? 'saga',
    given: [],
    when: { input: isJsonObject(example) ? example : {}, seed: 'scenario', faults: [], told: [] },
    expect: { status: 'completed' as const },
  }
}
