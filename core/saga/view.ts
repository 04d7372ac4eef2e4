import { asJson, type Json, type JsonObject } from '../json'
import type { SagaError, StepError, SuspendReason } from './events'
import { heldNodes } from './operator'
import { isInside, type NodePath } from './path'
import type { SagaPlan } from './plan'
import {
  type CompensationStatus,
  isInFlight,
  isTerminal,
  type NodeStatus,
  nodeState,
  own,
  type SagaState,
  type SagaStatus,
  type WorldEffect,
} from './state'
import { nodesOf } from './unfold'

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
  /** Of a map or a loop that has begun: how many rounds were, and of how many; null for a loop, which has no number. */
  readonly rounds: { readonly begun: number; readonly items: number | null } | null
  /** Of a node that runs others: what became of all of theirs. */
  readonly compensation: CompensationView | null
}

export interface CompensationView {
  readonly status: CompensationStatus
  readonly attempts: number
  readonly input: Json
  readonly output: Json
  readonly error: StepError | null
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly retryAt: number | null
  /** How a person says that it was undone by hand. */
  readonly byHand: string | null
  /** A person leaves it not undone. */
  readonly left: boolean
}

/** A run as a person or a program sees it, now or as of one of its events. Shape of `GET /api/runs/{id}`. */
export interface RunView {
  readonly status: SagaStatus
  /** Number of the last event folded in. */
  readonly seq: number
  readonly input: JsonObject
  readonly data: JsonObject
  /** By path: `reserve`, `each/2`, `each/2/charge`. */
  readonly nodes: Readonly<Record<NodePath, NodeView>>
  /** The sagas that it runs, by the path of their node. */
  readonly scopes: Readonly<Record<NodePath, { readonly input: JsonObject; readonly data: JsonObject }>>
  readonly edges: Readonly<Record<string, 'live' | 'dead'>>
  readonly error: SagaError | null
  /** A failure is known and what is in flight settles before it is undone. */
  readonly settling: boolean
  readonly suspended: { readonly reason: SuspendReason; readonly nodeId: string | null } | null
  /** What is ready and waits for a person to let it begin: a node, or while the saga is undone, its compensation. */
  readonly held: readonly NodePath[]
  readonly breakpoints: readonly NodePath[]
  /** How fast a live run's clock goes beside the one on the wall. */
  readonly speed: number
  readonly notUndone: readonly NodePath[]
  readonly forkedFrom: { readonly runId: string; readonly seq: number } | null
  readonly startedAt: number | null
  readonly endedAt: number | null
}

/** Every node of the design and every one that the run has unfolded, those that nothing has happened to included. */
export function viewRun(plan: SagaPlan, state: SagaState): RunView {
  const paths = nodesOf(plan, state)
  const nodes = Object.fromEntries(paths.map((path) => [path, viewNode(state, path)]))
  // From within outwards: what a node runs has been looked at before it.
  if (plan.isNested)
    for (const path of paths.toReversed()) {
      const node = nodes[path]
      if (node && isOuter(plan, state, path)) nodes[path] = summarize(state, path, node, nodes)
    }
  const { status, seq, input, data, edges, error, notUndone, startedAt, endedAt, suspended } = state
  return {
    status,
    seq,
    input,
    data,
    nodes,
    edges,
    scopes: state.scopes ?? {},
    error,
    settling: status === 'running' && error !== null && paths.some((path) => isInFlight(plan, state, path)),
    suspended: suspended && { reason: suspended.reason, nodeId: suspended.nodeId },
    held: heldNodes(plan, state),
    breakpoints: state.breakpoints ?? [],
    speed: state.speed ?? 1,
    notUndone,
    forkedFrom: state.forkedFrom ?? null,
    startedAt,
    endedAt,
  }
}

function viewNode(state: SagaState, path: NodePath): NodeView {
  const { compensation, lastSeq: _lastSeq, unanswered: _unanswered, rounds, ...node } = nodeState(state, path)
  const seen = {
    ...node,
    // Nothing is waited for any more once the saga has turned back or ended.
    ...(node.status === 'waiting' && isOver(state) ? { status: 'skipped' as const, wakeAt: null } : {}),
    late: asJson(node.late),
    rounds: rounds ? { begun: rounds.begun, items: rounds.items?.length ?? null } : null,
  }
  if (!compensation) return { ...seen, compensation: null }
  const { lastSeq: _last, byHand, left, ...undo } = compensation
  return { ...seen, compensation: { ...undo, byHand: byHand ?? null, left: left ?? false } }
}

const isOver = ({ status, suspended }: SagaState): boolean =>
  isTerminal(status) || status === 'compensating' || suspended?.resumeTo === 'compensating'

const isOuter = (plan: SagaPlan, state: SagaState, path: NodePath): boolean =>
  nodeState(state, path).rounds !== undefined ||
  (plan.node(path)?.type === 'saga' && own(state.scopes ?? {}, path) !== undefined)

/** A node that runs others looks as they do: failed when one of them has, undone when all are. */
function summarize(
  state: SagaState,
  path: NodePath,
  node: NodeView,
  nodes: Readonly<Record<NodePath, NodeView>>,
): NodeView {
  const inner = Object.entries(nodes).flatMap(([at, one]) => (isInside(at, path) ? [one] : []))
  const failed = inner.find(({ status }) => status === 'failed' || status === 'timed-out')
  const undone = inner.flatMap(({ compensation }) => compensation ?? [])
  const status =
    node.status !== 'running' || (!failed && !isOver(state)) ? node.status : failed ? 'failed' : 'skipped'
  return {
    ...node,
    status,
    error: node.error ?? (status === 'failed' ? (failed?.error ?? null) : null),
    compensation: undone.length === 0 ? null : { ...NO_COMPENSATION, status: undoneStatus(undone) },
  }
}

const NO_COMPENSATION = {
  attempts: 0,
  input: null,
  output: null,
  error: null,
  startedAt: null,
  endedAt: null,
  retryAt: null,
  byHand: null,
  left: false,
}

function undoneStatus(undone: readonly CompensationView[]): CompensationStatus {
  const has = (status: CompensationStatus) => undone.some((one) => one.status === status)
  if (has('running') || has('retrying')) return 'running'
  if (has('pending')) return undone.every(({ status }) => status === 'pending') ? 'pending' : 'running'
  return has('failed') ? 'failed' : 'compensated'
}
