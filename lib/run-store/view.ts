import {
  type NodeState,
  type NodeView,
  type RunView,
  type SagaPlan,
  type SagaState,
  viewRun,
} from '@/core/saga'

const views = new WeakMap<SagaPlan, WeakMap<SagaState, RunView>>()
const nodeViews = new WeakMap<NodeState, NodeView>()

/**
 * `viewRun`, computed once for each state. A node that nothing happened to keeps its very object from one event to
 * the next, so that a graph of memoised nodes draws only what changed.
 */
export function viewOf(plan: SagaPlan, state: SagaState): RunView {
  const known = views.get(plan) ?? new WeakMap<SagaState, RunView>()
  views.set(plan, known)
  const cached = known.get(state)
  if (cached) return cached
  const fresh = viewRun(plan, state)
  const nodes = Object.fromEntries(
    Object.entries(fresh.nodes).map(([id, node]) => [id, keep(state.nodes[id], node)]),
  )
  const view = { ...fresh, nodes }
  known.set(state, view)
  return view
}

const PENDING: { view?: NodeView } = {}

function keep(state: NodeState | undefined, fresh: NodeView): NodeView {
  if (!state) {
    PENDING.view ??= fresh
    return PENDING.view
  }
  const cached = nodeViews.get(state)
  // What a node runs, or the end of the run, may change how it looks though nothing happened to itself.
  const same =
    cached?.status === fresh.status &&
    cached.error === fresh.error &&
    cached.compensation?.status === fresh.compensation?.status
  if (cached && same) return cached
  nodeViews.set(state, fresh)
  return fresh
}
