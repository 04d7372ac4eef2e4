import { assertNever } from '../result'
import type { IndexedSaga } from './graph'
import { joinPath, type NodePath } from './path'
import { isRounds, type RoundsNode, type SagaPlan } from './plan'
import { nodeState, own, type RoundsState, type SagaState } from './state'

/**
 * Every node of a run as far as it has unfolded, by path, in the order of the design: those of the saga, of the sagas
 * that were begun within it, and the rounds of its maps and loops, the next one to begin included.
 */
export function nodesOf(plan: SagaPlan, state: SagaState): readonly NodePath[] {
  const paths: NodePath[] = []
  if (plan.isNested) walk(plan, state, '', plan.root, paths)
  else for (const { id } of plan.order) paths.push(id)
  return paths
}

/** The nodes of one saga within a run; not those within them. */
export const nodesIn = (graph: IndexedSaga, scope: NodePath): readonly NodePath[] =>
  graph.order.map(({ id }) => joinPath(scope, id))

function walk(
  plan: SagaPlan,
  state: SagaState,
  scope: NodePath,
  graph: IndexedSaga,
  paths: NodePath[],
): void {
  for (const node of graph.order) {
    const path = joinPath(scope, node.id)
    paths.push(path)
    if (node.type === 'saga') enter(plan, state, path, paths)
    if (!isRounds(node)) continue
    const { rounds } = nodeState(state, path)
    if (!rounds) continue
    const last = mayBegin(node, rounds) ? rounds.begun : rounds.begun - 1
    for (let round = 0; round <= last; round++) {
      const at = joinPath(path, round)
      paths.push(at)
      if (node.body.type === 'saga') enter(plan, state, at, paths)
    }
  }
}

function enter(plan: SagaPlan, state: SagaState, path: NodePath, paths: NodePath[]): void {
  const graph = own(state.scopes ?? {}, path) && plan.graph(path)
  if (graph) walk(plan, state, path, graph, paths)
}

/** Whether there is a round to come, whatever it waits for. */
export function mayBegin(node: RoundsNode, { items, begun, done }: RoundsState): boolean {
  switch (node.type) {
    case 'map':
      return begun < (items?.length ?? 0)
    case 'loop':
      return !done && begun < node.maxIterations
    default:
      return assertNever(node)
  }
}
