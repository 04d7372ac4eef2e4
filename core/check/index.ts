export { type Choice, type ChoiceKind, PLAIN_WORLD, type World } from './choice'
export { allGoesWell, follow, type SimulatedRun, type SimulateOptions, simulateRun } from './simulate-run'
export { enabled, type Position, START, type Transition, take } from './transition'
