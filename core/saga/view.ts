import type { Json, JsonObject } from '../json'
import type { SagaError, StepError, SuspendReason } from './events'
import type { SagaPlan } from './plan'
import {
  type CompensationStatus,
  isInFlight,
  type NodeStatus,
  nodeState,
  type SagaState,
  type SagaStatus,
  type WorldEffect,
} from './state'

export interface NodeView {
  readonly status: NodeStatus
  readonly attempts: number
  readonly input: Json
  readonly output: Json
  readonly error: StepError | null
  /** What the outside world is left with: `unknown` when nobody can say whether the work was done. */
  readonly effect: WorldEffect
  readonly branch: string | null
  readonly startedAt: number | null
  readonly endedAt: number | null
  /** Epoch ms of the next attempt or of the timer. */
  readonly wakeAt: number | null
  readonly late: Json
  readonly compensation: {
    readonly status: CompensationStatus
    readonly attempts: number
    readonly input: Json
    readonly output: Json
    readonly error: StepError | null
    readonly startedAt: number | null
    readonly endedAt: number | null
    readonly retryAt: number | null
  } | null
}

/** A run as a person or a program sees it, now or as of one of its events. Shape of `GET /api/runs/{id}`. */
export interface RunView {
  readonly status: SagaStatus
  /** Number of the last event folded in. */
  readonly seq: number
  readonly input: JsonObject
  readonly data: JsonObject
  readonly nodes: Readonly<Record<string, NodeView>>
  readonly edges: Readonly<Record<string, 'live' | 'dead'>>
  readonly error: SagaError | null
  /** A failure is known and what is in flight settles before it is undone. */
  readonly settling: boolean
  readonly suspended: { readonly reason: SuspendReason; readonly nodeId: string | null } | null
  readonly notUndone: readonly string[]
  readonly startedAt: number | null
  readonly endedAt: number | null
}

/** Every node of the design, those that nothing has happened to yet included. */
export function viewRun(plan: SagaPlan, state: SagaState): RunView {
  const nodes = Object.fromEntries(
    plan.order.map(({ id }) => {
      const { compensation, lastSeq: _lastSeq, unanswered: _unanswered, ...node } = nodeState(state, id)
      if (!compensation)
        return [id, { ...node, late: node.late && { ...node.late }, compensation: null } as NodeView]
      const { lastSeq: _last, ...undo } = compensation
      return [id, { ...node, late: node.late && { ...node.late }, compensation: undo } as NodeView]
    }),
  )
  const { status, seq, input, data, edges, error, notUndone, startedAt, endedAt, suspended } = state
  return {
    status,
    seq,
    input,
    data,
    nodes,
    edges,
    error,
    settling:
      status === 'running' && error !== null && plan.order.some(({ id }) => isInFlight(nodeState(state, id))),
    suspended: suspended && { reason: suspended.reason, nodeId: suspended.nodeId },
    notUndone,
    startedAt,
    endedAt,
  }
}
