import type { Json, JsonObject } from '../json'
import type { Fault } from './fault'
import type { NodePath } from './path'

/** Which half of a step: its action, or its compensation. */
export type Phase = 'action' | 'compensation'

/** How a run moves: with the clock on the wall, jumping to the next thing that happens, or one step at a time. */
export type RunMode = 'live' | 'virtual' | 'manual'

/**
 * Why an attempt failed. A business failure is an answer and is never retried; a technical one is retried by the
 * step's policy.
 */
export interface StepError {
  /** The error's name: `InsufficientFunds`, `Timeout`, `CODE_THREW`. */
  readonly code: string
  readonly message: string
  readonly kind: 'business' | 'technical'
}

/** The error a saga reports, and the node it came from: null when a person asked for it. */
export interface SagaError extends StepError {
  readonly nodeId: string | null
}

interface At {
  /** Epoch ms on the run's own clock: the wall's in live mode, the virtual one in virtual mode. */
  readonly at: number
}
interface AtNode extends At {
  /** The node's path: its id, or where it stands within another saga, a map or a loop. */
  readonly nodeId: NodePath
}
interface AtAttempt extends AtNode {
  /** 1-based, counted per phase. */
  readonly attempt: number
}

/**
 * What an event carries is what replay needs and nothing that can be derived: an `input` stands in `StepStarted`
 * only when an expression computed it, a `patch` in `StepCompleted` only when it differs from the output.
 */
export interface SagaEventData {
  readonly SagaStarted: At & {
    readonly saga: string
    readonly designVersion: number
    readonly input: JsonObject
    readonly seed: string
    readonly mode: RunMode
    readonly faults: readonly Fault[]
    readonly breakpoints?: readonly NodePath[]
    readonly speed?: number
    /** The run whose events up to `seq` this one has taken over. */
    readonly forkedFrom?: { readonly runId: string; readonly seq: number }
  }
  /**
   * Up to here another run went; from here on this one goes its own way. What is other in it, by whom and why; what is
   * not named stays as it was.
   */
  readonly SagaForked: At & {
    readonly by: string
    readonly reason?: string
    readonly mode?: RunMode
    readonly seed?: string
    /** In place of all it had, those that people added on the way included. */
    readonly faults?: readonly Fault[]
    readonly data?: JsonObject
    /** Data of sagas within it, by the path of their node. */
    readonly scopes?: Readonly<Record<NodePath, JsonObject>>
  }
  readonly StepStarted: AtAttempt & { readonly input?: Json }
  readonly StepCompleted: AtAttempt & { readonly output: Json; readonly patch?: JsonObject }
  /**
   * The attempt failed for a technical reason and is tried again at `retryAt`. `unknown`, here and in `StepFailed`: no
   * answer to this attempt came, so its work may have been done.
   */
  readonly StepAttemptFailed: AtAttempt & {
    readonly error: StepError
    readonly unknown: boolean
    readonly retryAt: number
  }
  /** No outcome within the step's timeout: whether the work was done is unknown. `retryAt` null: not tried again. */
  readonly StepTimedOut: AtAttempt & { readonly timeoutMs: number; readonly retryAt: number | null }
  /** The step has failed for good. `output` stands when its work was done all the same and must be undone. */
  readonly StepFailed: AtAttempt & {
    readonly error: StepError
    readonly unknown: boolean
    readonly output?: Json
  }
  /**
   * A person passed over the step, with an output in place of its own. `touched`: its work was done or may have been, so
   * it is undone like any other. `counts`: of a round whose answers its loop does not merge, this output it does.
   */
  readonly StepSkipped: AtNode & {
    readonly output: Json
    readonly touched?: true
    readonly counts?: true
  }
  /** An outcome that came after its attempt had been given up. Shown; changes nothing else. */
  readonly StepOutcomeArrivedLate: AtAttempt & { readonly phase: Phase; readonly outcome: LateOutcome }
  readonly ChoiceTaken: AtNode & { readonly branch: string }
  readonly TimerSet: AtNode & { readonly fireAt: number }
  readonly TimerFired: AtNode
  /** A person is asked. `expiresAt` null: for as long as it takes. */
  readonly ApprovalRequested: AtNode & { readonly expiresAt: number | null }
  readonly ApprovalDecided: AtNode & {
    readonly approved: boolean
    readonly by: string
    readonly comment?: string
  }
  readonly SignalAwaited: AtNode & { readonly expiresAt: number | null }
  /** `nodeId` null: nothing waits for it yet; the first node that does takes it. */
  readonly SignalReceived: At & {
    readonly nodeId: NodePath | null
    readonly signal: string
    readonly data: Json
    readonly by: string
  }
  /** A node took a signal that had come before: the first of its name, or the one at `early` of all that have come. */
  readonly SignalMatched: AtNode & { readonly early?: number }
  /** Another saga begins within this one, under this node; `input` only when an expression computed it. */
  readonly SubSagaStarted: AtNode & { readonly input?: JsonObject }
  /** It is at its end; its data are its result. `patch` only when an expression computed it. */
  readonly SubSagaCompleted: AtNode & { readonly patch?: JsonObject }
  readonly MapStarted: AtNode & { readonly items: readonly Json[] }
  readonly MapCompleted: AtNode & { readonly patch?: JsonObject }
  readonly LoopStarted: AtNode
  /** The loop's condition was asked after a round. */
  readonly LoopJudged: AtNode & { readonly round: number; readonly done: boolean }
  readonly LoopCompleted: AtNode & { readonly patch?: JsonObject }
  /** A fault that strikes once has: the engine crashed at this attempt, or its answer was delivered twice. */
  readonly FaultInjected: AtAttempt & { readonly phase: Phase; readonly fault: 'crash' | 'duplicate' }
  readonly SagaCompensating: At & { readonly error: SagaError; readonly steps: readonly string[] }
  readonly CompensationStarted: AtAttempt & { readonly input?: Json }
  readonly CompensationCompleted: AtAttempt & { readonly output: Json }
  readonly CompensationAttemptFailed: AtAttempt & { readonly error: StepError; readonly retryAt: number }
  readonly CompensationFailed: AtAttempt & { readonly error: StepError }
  readonly SagaSuspended: At & {
    readonly reason: SuspendReason
    readonly nodeId?: string
    readonly error?: StepError
  }
  readonly SagaResumed: At
  readonly OperatorActed: At & {
    readonly action: string
    readonly nodeId?: string
    readonly by: string
    readonly reason?: string
    readonly detail?: Json
  }
  readonly SagaCompleted: At
  readonly SagaCompensated: At
  readonly SagaFailed: At & { readonly notUndone: readonly string[] }
}

export type LateOutcome =
  | { readonly type: 'succeeded'; readonly output: Json }
  | { readonly type: 'failed'; readonly error: StepError }

/** Why a saga waits for a person. */
export type SuspendReason = 'paused' | 'retries-exhausted' | 'pivot-unknown' | 'failed-after-pivot'

export type SagaEventType = keyof SagaEventData
export type SagaEventOf<T extends SagaEventType> = {
  [K in T]: { readonly type: K; readonly data: SagaEventData[K] }
}[T]
export type SagaEvent = { [T in SagaEventType]: SagaEventOf<T> }[SagaEventType]

/** An event as `decide` gives it: with the sequence number of the event that led to it (0 = from outside). */
export type DecidedEvent = SagaEvent & { readonly cause: number }
