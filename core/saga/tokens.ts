import { changedNode, withState } from './copy'
import type { NodePath } from './path'
import type { SagaPlan } from './plan'
import { isRoundReady } from './rounds'
import { type EdgeStatus, type NodeState, nodeState, own, PENDING_NODE, type SagaState } from './state'

/**
 * Tokens on edges. A node that is done puts a token on its edges; an edge that a choice did not take is dead, and so
 * is everything reachable only over dead edges.
 */
interface Board {
  /** The state's own until the first of them changes. */
  nodes: Readonly<Record<string, NodeState>>
  changed: Record<string, NodeState> | null
  readonly edges: Record<string, EdgeStatus>
}

/** Many may be settled at once: they are copied once. */
function put(board: Board, nodeId: NodePath, node: NodeState): void {
  board.changed ??= { ...board.nodes }
  board.changed[nodeId] = node
  board.nodes = board.changed
}

/** Whether every edge into a node is decided, and at least one carries a token. */
function arrival(
  plan: SagaPlan,
  edges: Readonly<Record<string, EdgeStatus>>,
  nodeId: NodePath,
): 'open' | 'arrived' | 'dead' {
  let live = false
  const incoming = plan.incoming(nodeId)
  for (const edge of incoming) {
    const status = own(edges, edge.id)
    if (status === undefined) return 'open'
    if (status === 'live') live = true
  }
  if (incoming.length === 0) return 'open'
  return live ? 'arrived' : 'dead'
}

/** A node whose turn has come: all its live edges have arrived and nothing has been done about it yet. */
export function isReady(plan: SagaPlan, state: SagaState, path: NodePath): boolean {
  if (nodeState(state, path).status !== 'pending') return false
  const place = plan.isNested ? plan.place(path) : undefined
  return place && place.round !== null
    ? isRoundReady(state, place)
    : arrival(plan, state.edges, path) === 'arrived'
}

function decideEdges(
  plan: SagaPlan,
  board: Board,
  nodeId: NodePath,
  status: (branch: string | undefined) => EdgeStatus,
  at: number,
): void {
  for (const edge of plan.outgoing(nodeId)) {
    if (own(board.edges, edge.id) !== undefined) continue
    board.edges[edge.id] = status(edge.branch)
    settle(plan, board, edge.to, at)
  }
}

/** Nodes that need no work of their own: ends, disabled nodes, and whatever only dead edges lead to. */
function settle(plan: SagaPlan, board: Board, nodeId: NodePath, at: number): void {
  const node = plan.node(nodeId)
  const current = own(board.nodes, nodeId) ?? PENDING_NODE
  if (!node || current.status !== 'pending') return
  const reached = arrival(plan, board.edges, nodeId)
  if (reached === 'open') return
  if (reached === 'dead') {
    put(board, nodeId, changedNode(current, { status: 'skipped' }))
    decideEdges(plan, board, nodeId, () => 'dead', at)
  } else if (node.type === 'end') {
    put(board, nodeId, changedNode(current, { status: 'succeeded', startedAt: at, endedAt: at }))
  } else if (node.disabled) {
    put(board, nodeId, changedNode(current, { status: 'skipped', startedAt: at, endedAt: at }))
    // A disabled choice takes its default.
    decideEdges(
      plan,
      board,
      nodeId,
      (branch) => (branch === undefined || branch === 'default' ? 'live' : 'dead'),
      at,
    )
  }
}

/**
 * The state after a node is done: tokens on its edges, and whatever follows from them without work.
 * @param branch the branch a choice took; its other edges are dead
 * @param at epoch ms
 */
export function releaseTokens(
  plan: SagaPlan,
  state: SagaState,
  nodeId: NodePath,
  at: number,
  branch?: string,
): SagaState {
  const board: Board = { nodes: state.nodes, changed: null, edges: { ...state.edges } }
  decideEdges(
    plan,
    board,
    nodeId,
    (edgeBranch) => (branch === undefined || (edgeBranch ?? 'default') === branch ? 'live' : 'dead'),
    at,
  )
  return withState(state, { nodes: board.nodes, edges: board.edges })
}
