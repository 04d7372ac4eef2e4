export { expecting } from './expect'
export { type LoggedEvent, type RecordedRun, type ScenarioOfRun, scenarioFromRun } from './from-run'
export { GIVEN_KEY, SCENARIO_START_MS } from './given'
export { whatHappens } from './happen'
export {
  type HappenedEvent,
  type PartResult,
  SCENARIO_PROBLEMS,
  type ScenarioOptions,
  type ScenarioOutcome,
  type ScenarioPart,
  type ScenarioProblem,
  type ScenarioResult,
} from './result'
export { runScenario } from './run'
