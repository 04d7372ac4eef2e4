import { DESIGN_LIMITS } from '../design/limits'
import type { Scenario } from '../design/scenario'
import type { ScenarioOutcome } from './result'

/**
 * The scenario, expecting all of what happened: the status, the events with their data, what was undone and in
 * which order. Lists that are longer than a design may hold are left out.
 */
export function expecting(scenario: Scenario, outcome: ScenarioOutcome): Scenario {
  if (scenario.type === 'aggregate' && outcome.type === 'aggregate') {
    const { rejection, events, state } = outcome
    const expect = rejection
      ? { rejection: rejection.code }
      : { events: events.map(({ type, data }) => ({ type, data })), state }
    return { ...scenario, expect }
  }
  if (scenario.type === 'projection' && outcome.type === 'projection')
    return { ...scenario, expect: { rows: { ...outcome.rows } } }
  if (scenario.type === 'saga' && outcome.type === 'saga') {
    const { status, error, compensations, events, data } = outcome
    if (status === 'compensating') return scenario
    return {
      ...scenario,
      expect: {
        status,
        ...(error ? { error: error.code } : {}),
        ...(compensations.length > DESIGN_LIMITS.nodesPerSaga ? {} : { compensations: [...compensations] }),
        ...(events.length > DESIGN_LIMITS.scenarioExpectedEvents
          ? {}
          : { events: events.map(({ stream, type, data }) => ({ stream, type, data })) }),
        data,
      },
    }
  }
  return scenario
}
