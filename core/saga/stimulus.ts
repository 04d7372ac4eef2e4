import type { Json, JsonObject } from '../json'
import type { Phase, RunMode, SagaEventData, StepError } from './events'
import type { Fault } from './fault'
import type { NodePath } from './path'

/** What an attempt came to. */
export type Outcome =
  /** `patch`: what the step's output expression says to merge, when it has one. */
  | { readonly type: 'succeeded'; readonly output: Json; readonly patch?: JsonObject }
  /** `output` stands when the work was done all the same (its output expression failed) and must be undone. */
  | { readonly type: 'failed'; readonly error: StepError; readonly output?: Json }
  /** Nobody knows whether the work was done: a lost connection, an answer that never came. */
  | { readonly type: 'unknown'; readonly error: StepError }

export type Evaluated<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: StepError }

/** What may be done about a compensation that has failed: the saga's end does not prevent it. */
export type CompensationAction = 'retry-compensation' | 'mark-compensated' | 'leave-compensation'

/** What a person may do to a run. */
export type OperatorAction =
  | { readonly action: 'pause' | 'resume' | 'cancel' | 'compensate' }
  /** Lets a node that is held begin; without one, the first that is. */
  | { readonly action: 'step'; readonly nodeId?: NodePath }
  | { readonly action: 'retry'; readonly nodeId: NodePath }
  | { readonly action: 'skip'; readonly nodeId: NodePath; readonly output: Json }
  | { readonly action: 'fail'; readonly nodeId: NodePath; readonly code: string }
  | { readonly action: CompensationAction; readonly nodeId: NodePath }
  | { readonly action: 'signal'; readonly signal: string; readonly data: Json; readonly nodeId?: NodePath }
  | {
      readonly action: 'decide'
      readonly nodeId: NodePath
      readonly approved: boolean
      readonly comment?: string
    }
  /** Puts other data in place of a suspended run's; `scope`: those of a saga within it. */
  | { readonly action: 'set-data'; readonly data: JsonObject; readonly scope?: NodePath }
  | { readonly action: 'set-speed'; readonly mode: RunMode; readonly speed?: number }
  | { readonly action: 'set-breakpoints'; readonly breakpoints: readonly NodePath[] }
  /** Breaks something from here on, as a fault given at the start would. */
  | { readonly action: 'add-fault'; readonly nodeId: NodePath; readonly fault: Fault }
  /** Breaks nothing more: at one node, or anywhere. What has struck has struck. */
  | { readonly action: 'lift-faults'; readonly nodeId?: NodePath }

/** Everything that can happen to a run. Time comes in with it: `at` is epoch ms on the run's clock. */
export type Stimulus = { readonly at: number } & (
  | {
      readonly type: 'start'
      readonly saga: string
      readonly designVersion: number
      readonly input: JsonObject
      readonly seed: string
      readonly mode: RunMode
      readonly faults: readonly Fault[]
      readonly breakpoints?: readonly NodePath[]
      readonly speed?: number
      readonly forkedFrom?: { readonly runId: string; readonly seq: number }
    }
  /** A run that took over the events of another goes its own way from here; what a cut decision left out follows. */
  | ({ readonly type: 'fork' } & SagaEventData['SagaForked'])
  /** An input expression has been evaluated. */
  | {
      readonly type: 'prepared'
      readonly nodeId: NodePath
      readonly phase: Phase
      readonly result: Evaluated<Json>
    }
  /** A choice's guards have been evaluated. */
  | { readonly type: 'chosen'; readonly nodeId: NodePath; readonly result: Evaluated<string> }
  | { readonly type: 'scheduled'; readonly nodeId: NodePath; readonly result: Evaluated<number> }
  /** A map's items have been listed. */
  | { readonly type: 'listed'; readonly nodeId: NodePath; readonly result: Evaluated<readonly Json[]> }
  /** A loop's condition has been asked after this round. */
  | {
      readonly type: 'judged'
      readonly nodeId: NodePath
      readonly round: number
      readonly result: Evaluated<boolean>
    }
  /** What a saga, a map or a loop returned has been made a patch by its output expression. */
  | { readonly type: 'collected'; readonly nodeId: NodePath; readonly result: Evaluated<JsonObject> }
  /** A fault that strikes once does so now. */
  | {
      readonly type: 'injected'
      readonly nodeId: NodePath
      readonly phase: Phase
      readonly attempt: number
      readonly fault: 'crash' | 'duplicate'
    }
  | {
      readonly type: 'outcome'
      readonly nodeId: NodePath
      readonly phase: Phase
      readonly attempt: number
      readonly outcome: Outcome
    }
  | { readonly type: 'timed-out'; readonly nodeId: NodePath; readonly phase: Phase; readonly attempt: number }
  /** A retry's delay is over, or a wait's timer fires. */
  | { readonly type: 'timer'; readonly nodeId: NodePath; readonly phase: Phase }
  | { readonly type: 'operator'; readonly act: OperatorAction; readonly by: string; readonly reason?: string }
)

/** Why a stimulus changes nothing. A value, not a fault: the caller decides what it means. */
export type SagaRejection =
  | { readonly code: 'ALREADY_STARTED' }
  | { readonly code: 'NOT_STARTED' }
  | { readonly code: 'RUN_ENDED' }
  | { readonly code: 'NODE_NOT_FOUND'; readonly nodeId: NodePath }
  /** Nothing at that node waits for this: it is stale or repeated. */
  | { readonly code: 'NOT_EXPECTED'; readonly nodeId: NodePath }
  | { readonly code: 'ACTION_REFUSED'; readonly message: string }
