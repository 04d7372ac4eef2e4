import { dominators, edgesInto, edgesOut, findPath, reachableFrom } from './graph'
import { label, type SagaScope } from './lint-scope'
import { type Problem, problem } from './problem'
import type { SagaEdge, SagaNode } from './saga'

/** Why no token ever comes out of a node. */
type Stuck = 'circle' | 'over' | 'always-fails'

const REASON: Readonly<Record<Stuck, string>> = {
  circle: 'which waits in a circle',
  over: 'where the saga is over',
  'always-fails': 'which always fails',
}

/**
 * JOIN_NEVER_COMPLETES. A join waits until each of its edges has been travelled or is dead. It never completes when
 * one of them
 *
 * - comes from a node on a cycle or behind one: what waits for itself decides nothing; or
 * - comes from a node that is over or fails whenever it is reached (an end, a fail, a call with errors that add up to
 *   certainty, or what waits for one), *and* that node is reached in every run in which the join is. Were it on a
 *   branch not taken, its edge would be dead and the join would go on without it.
 *
 * The second is told only when it is sure: the node follows, with no choice between, from a node that every way to
 * the join passes. What the start does not reach is no part of a run, and nothing waits for it. Only the first join of
 * a stuck stretch is reported; what stands behind it is a consequence.
 */
export function lintJoins(scope: SagaScope): readonly Problem[] {
  const { graph, startId } = scope
  if (startId === undefined) return []
  const reached = reachableFrom(graph, [startId])
  const decided = decidedNodes(scope, reached)
  const passed = scope.acyclic ? dominators(graph, startId) : new Map<string, ReadonlySet<string>>()
  const stuck = new Map<string, Stuck>()
  for (const id of reached) if (!decided.has(id)) stuck.set(id, 'circle')

  const blocks = ({ from, to }: SagaEdge): boolean => {
    const reason = stuck.get(from)
    if (reason === undefined || reason === 'circle') return reason === 'circle'
    return [...(passed.get(to) ?? [])].some((id) => scope.alwaysFollowing(id).has(from))
  }

  return [...decided, ...[...reached].filter((id) => !decided.has(id) && !isOnCycle(scope, id))].flatMap(
    (id) => {
      const node = scope.node(id)
      const into = edgesInto(graph, id).filter(({ from }) => reached.has(from))
      const blocking = into.filter(blocks)
      // Whichever edge of several is alive, a node behind nothing but stuck ones is stuck too.
      const culprit = blocking[0] ?? (into.every(({ from }) => stuck.has(from)) ? into[0] : undefined)
      const cause = culprit && stuck.get(culprit.from)
      const verdict = stuck.get(id) ?? cause ?? (node && ownReason(scope, node))
      if (verdict) stuck.set(id, verdict)
      if (!node || !cause || blocking.length === 0 || blocking.length === into.length) return []
      return told(scope, node, scope.node(culprit.from), cause)
    },
  )
}

function told(
  scope: SagaScope,
  join: SagaNode,
  culprit: SagaNode | undefined,
  cause: Stuck,
): readonly Problem[] {
  const message = `${label(join)} waits for ${culprit ? label(culprit) : 'a node'}, ${REASON[cause]}`
  // What a probability says may be changed for a lesson: it does not keep the saga from running.
  return [
    problem(
      'JOIN_NEVER_COMPLETES',
      cause === 'always-fails' ? 'warning' : 'error',
      scope.nodePath(join.id),
      message,
    ),
  ]
}

/** Nodes whose edges are all decided in every run, in an order in which they are. The rest waits in a circle. */
function decidedNodes({ graph, startId }: SagaScope, reached: ReadonlySet<string>): ReadonlySet<string> {
  const decided = new Set(startId === undefined ? [] : [startId])
  for (const id of decided) {
    for (const { to } of edgesOut(graph, id)) {
      if (edgesInto(graph, to).every(({ from }) => decided.has(from) || !reached.has(from))) decided.add(to)
    }
  }
  return decided
}

const isOnCycle = ({ graph }: SagaScope, id: string): boolean =>
  edgesOut(graph, id).some((edge) => findPath(graph, edge.to, id) !== null)

function ownReason(scope: SagaScope, node: SagaNode): Stuck | undefined {
  if (node.type === 'end') return 'over'
  if (node.disabled) return undefined
  if (node.type === 'fail') return 'over'
  if (node.type !== 'step' || node.action.type !== 'call') return undefined
  const { service, operation } = node.action
  const found = scope.design.services
    .find(({ id }) => id === service)
    ?.operations.find(({ id }) => id === operation)
  if (found?.http) return undefined
  return (found?.errors ?? []).reduce((sum, error) => sum + error.probability, 0) >= 1
    ? 'always-fails'
    : undefined
}
