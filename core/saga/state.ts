import type { Json, JsonObject } from '../json'
import type { LateOutcome, RunMode, SagaError, StepError, SuspendReason } from './events'
import type { Fault } from './fault'
import type { NodePath } from './path'
import type { SagaPlan } from './plan'

export type SagaStatus = 'running' | 'suspended' | 'compensating' | 'completed' | 'compensated' | 'failed'

export type NodeStatus =
  | 'pending'
  | 'running'
  | 'retrying'
  | 'waiting'
  | 'succeeded'
  | 'failed'
  | 'timed-out'
  | 'skipped'

export type CompensationStatus = 'pending' | 'running' | 'retrying' | 'compensated' | 'failed'

/**
 * What the outside world is left with: nothing was done, the work was done, or nobody knows. Compensation is
 * decided from this and not from the status: a step that failed may still have done its work.
 */
export type WorldEffect = 'none' | 'done' | 'unknown'

export interface CompensationState {
  readonly status: CompensationStatus
  readonly attempts: number
  readonly input: Json
  readonly output: Json
  readonly error: StepError | null
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly retryAt: number | null
  readonly lastSeq: number
  /** A person undid it, and says how. */
  readonly byHand?: string
  /** A person leaves it as it is, not undone. */
  readonly left?: true
}

/** How far a map or a loop has come. Its rounds are nodes of their own, at `{path}/{n}`. */
export interface RoundsState {
  /** What a map goes through; null for a loop. */
  readonly items: readonly Json[] | null
  /** Rounds that were begun. */
  readonly begun: number
  /** Rounds after which a loop's condition was asked. */
  readonly judged: number
  /** The loop's condition holds. */
  readonly done: boolean
}

/** A saga that a node runs: its own input and data. Its nodes and edges stand beside the others, under its path. */
export interface ScopeState {
  readonly input: JsonObject
  readonly data: JsonObject
}

/** A signal that came before anything waited for it: the first node that does takes it. */
export interface EarlySignal {
  readonly signal: string
  readonly data: Json
}

export interface NodeState {
  readonly status: NodeStatus
  readonly attempts: number
  readonly input: Json
  readonly output: Json
  /** What its own action returned, where a person put another output in its place. */
  readonly returned?: Json
  readonly error: StepError | null
  readonly effect: WorldEffect
  readonly startedAt: number | null
  readonly endedAt: number | null
  /** When the next attempt starts, or the timer fires. Epoch ms. */
  readonly wakeAt: number | null
  /** The branch a choice took. */
  readonly branch: string | null
  readonly late: LateOutcome | null
  /** Attempts that were given up with no answer. What still arrives for one of them is late. */
  readonly unanswered: readonly number[]
  readonly compensation: CompensationState | null
  /** Of a map or a loop that has begun. */
  readonly rounds?: RoundsState
  /** A person's output for a round whose answers its loop does not merge: this it does. */
  readonly counts?: true
  /** It failed, and the data were edited since: when it is tried again, its input is made anew. */
  readonly isEdited?: boolean
  /** Sequence number of the last event about it: what its next one is caused by. */
  readonly lastSeq: number
}

/** A token arrived over it, or it never will. */
export type EdgeStatus = 'live' | 'dead'

/** Everything true of a run after its events so far. JSON: it may be a snapshot. */
export interface SagaState {
  /** Number of events folded so far; the sequence number of the last one. */
  readonly seq: number
  readonly status: SagaStatus
  readonly mode: RunMode
  readonly designVersion: number
  readonly seed: string
  readonly faults: readonly Fault[]
  readonly input: JsonObject
  readonly data: JsonObject
  /** Nodes something has happened to, by path; the others are as `PENDING_NODE`. */
  readonly nodes: Readonly<Record<NodePath, NodeState>>
  /** Sagas within it that have begun, by the path of the node that runs them. Absent while there are none. */
  readonly scopes?: Readonly<Record<NodePath, ScopeState>>
  readonly signals?: readonly EarlySignal[]
  /** Places in the design where a node is held until a person lets it begin. */
  readonly breakpoints?: readonly NodePath[]
  /** What a person has let begin, though it is held: paths, and `undo:{path}` for compensations. */
  readonly released?: readonly string[]
  /** Faults that strike once and have: `crash:action:reserve:1`. */
  readonly injected?: readonly string[]
  /** How fast a live run's clock goes, beside the one on the wall. Absent: as fast. */
  readonly speed?: number
  /** The run and the event of it that this one began as. */
  readonly forkedFrom?: { readonly runId: string; readonly seq: number }
  readonly edges: Readonly<Record<string, EdgeStatus>>
  /** Steps in the order in which they ended, for strict compensation. */
  readonly ended: readonly string[]
  readonly pivotPassed: boolean
  /** The first failure: what the saga reports, whatever happens while undoing it. */
  readonly error: SagaError | null
  /** What it waits for a person for, and what it goes back to. */
  readonly suspended: {
    readonly reason: SuspendReason
    readonly nodeId: string | null
    readonly resumeTo: 'running' | 'compensating'
  } | null
  readonly notUndone: readonly string[]
  readonly startedAt: number | null
  readonly endedAt: number | null
}

export const PENDING_NODE: NodeState = {
  status: 'pending',
  attempts: 0,
  input: null,
  output: null,
  error: null,
  effect: 'none',
  startedAt: null,
  endedAt: null,
  wakeAt: null,
  branch: null,
  late: null,
  unanswered: [],
  compensation: null,
  lastSeq: 0,
}

export const PENDING_COMPENSATION: CompensationState = {
  status: 'pending',
  attempts: 0,
  input: null,
  output: null,
  error: null,
  startedAt: null,
  endedAt: null,
  retryAt: null,
  lastSeq: 0,
}

/** A run before its first event. */
export const INITIAL_STATE: SagaState = {
  seq: 0,
  status: 'running',
  mode: 'live',
  designVersion: 0,
  seed: '',
  faults: [],
  input: {},
  data: {},
  nodes: {},
  edges: {},
  ended: [],
  pivotPassed: false,
  error: null,
  suspended: null,
  notUndone: [],
  startedAt: null,
  endedAt: null,
}

/** Ids are a stranger's: `constructor` is a good one, and every object has something under that name. */
export function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  const value = record[key]
  // A state is JSON: what is a function is inherited.
  return typeof value === 'function' || key === '__proto__' ? undefined : value
}

export const nodeState = (state: SagaState, nodeId: string): NodeState =>
  own(state.nodes, nodeId) ?? PENDING_NODE

/** A run that has ended takes no more events but late outcomes. */
export const isTerminal = (status: SagaStatus): boolean =>
  status === 'completed' || status === 'compensated' || status === 'failed'

/** Something of it is on its way and will settle: an attempt that was started and has no outcome yet. */
export const isInFlight = (plan: SagaPlan, state: SagaState, path: NodePath): boolean =>
  nodeState(state, path).status === 'running' && plan.node(path)?.type === 'step'

/** It has failed for good, and nobody has dealt with that yet. */
export const hasFailed = ({ status }: NodeState): boolean => status === 'failed' || status === 'timed-out'

/** Work under way or to come at a node, so that its saga is not at its end. */
export const isActive = ({ status }: NodeState): boolean =>
  status === 'running' || status === 'retrying' || status === 'waiting'

/** The data of the saga that runs at `scope`. */
export const dataOf = (state: SagaState, scope: NodePath): JsonObject =>
  scope === '' ? state.data : (own(state.scopes ?? {}, scope)?.data ?? {})
