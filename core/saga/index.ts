export { type Attention, attentionOf, needsPerson } from './attention'
export { type Decided, decide, decideNext } from './decide'
export { type Effect, effectsOf, type PerformEffect } from './effects'
export { type Ending, endingsOf, isAwaited, lostStimulus, type Settled } from './endings'
export type {
  DecidedEvent,
  LateOutcome,
  Phase,
  RunMode,
  SagaError,
  SagaEvent,
  SagaEventData,
  SagaEventOf,
  SagaEventType,
  StepError,
  SuspendReason,
} from './events'
export { evolve, replay } from './evolve'
export { type Fault, type FaultInput, faultSchema, isAt } from './fault'
export { beforeFailure, type Fork, forkEvents, forkPoint, renamed } from './fork'
export { LOST } from './lost'
export { heldNodes, isAboutUndoing } from './operator'
export { designPath, isInside, joinPath, type NodePath, parentPath, roundOf } from './path'
export {
  type CommandRequest,
  commandOutcome,
  evaluate,
  httpOutcome,
  type PerformContext,
  type Performed,
  perform,
} from './perform'
export { isRounds, type Place, placeInDesign, planOf, planSaga, type RoundsNode, type SagaPlan } from './plan'
export { type Divergence, rehearse } from './rehearse'
export { retryDelayMs } from './retry'
export {
  type CompensationState,
  type CompensationStatus,
  INITIAL_STATE,
  isTerminal,
  type NodeState,
  type NodeStatus,
  nodeState,
  type SagaState,
  type SagaStatus,
  type WorldEffect,
} from './state'
export type {
  CompensationAction,
  Evaluated,
  OperatorAction,
  Outcome,
  SagaRejection,
  Stimulus,
} from './stimulus'
export { nodesOf } from './unfold'
export { type CompensationView, type NodeView, type RunView, viewRun } from './view'
