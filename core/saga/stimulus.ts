import type { Json, JsonObject } from '../json'
import type { Phase, RunMode, StepError } from './events'
import type { Fault } from './fault'

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

/** What a person may do to a run. */
export type OperatorAction =
  | { readonly action: 'pause' | 'resume' | 'cancel' | 'compensate' }
  | { readonly action: 'retry'; readonly nodeId: string }
  | { readonly action: 'skip'; readonly nodeId: string; readonly output: Json }
  /** Breaks something from here on, as a fault given at the start would. */
  | { readonly action: 'add-fault'; readonly nodeId: string; readonly fault: Fault }

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
    }
  /** An input expression has been evaluated. */
  | {
      readonly type: 'prepared'
      readonly nodeId: string
      readonly phase: Phase
      readonly result: Evaluated<Json>
    }
  /** A choice's guards have been evaluated. */
  | { readonly type: 'chosen'; readonly nodeId: string; readonly result: Evaluated<string> }
  | { readonly type: 'scheduled'; readonly nodeId: string; readonly result: Evaluated<number> }
  | {
      readonly type: 'outcome'
      readonly nodeId: string
      readonly phase: Phase
      readonly attempt: number
      readonly outcome: Outcome
    }
  | { readonly type: 'timed-out'; readonly nodeId: string; readonly phase: Phase; readonly attempt: number }
  /** A retry's delay is over, or a wait's timer fires. */
  | { readonly type: 'timer'; readonly nodeId: string; readonly phase: Phase }
  | { readonly type: 'operator'; readonly act: OperatorAction; readonly by: string; readonly reason?: string }
)

/** Why a stimulus changes nothing. A value, not a fault: the caller decides what it means. */
export type SagaRejection =
  | { readonly code: 'ALREADY_STARTED' }
  | { readonly code: 'NOT_STARTED' }
  | { readonly code: 'RUN_ENDED' }
  | { readonly code: 'NODE_NOT_FOUND'; readonly nodeId: string }
  /** Nothing at that node waits for this: it is stale or repeated. */
  | { readonly code: 'NOT_EXPECTED'; readonly nodeId: string }
  | { readonly code: 'ACTION_REFUSED'; readonly message: string }
