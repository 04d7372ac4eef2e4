import { isRound, joinPath, type NodePath, splitPath } from '../saga/path'
import type { SagaPlan } from '../saga/plan'

/**
 * Whether `second` comes after `first` in the graph, unfolded: an edge leads there, or it is a later round of a loop.
 * What runs side by side, and what stands within the other, is in no order. Written for the laws, apart from what the
 * interpreter goes by.
 */
export function comesAfter(plan: SagaPlan, first: NodePath, second: NodePath): boolean {
  const parts = splitPath(first)
  const others = splitPath(second)
  const at = parts.findIndex((part, index) => part !== others[index])
  const [a, b] = [parts[at], others[at]]
  if (at < 0 || a === undefined || b === undefined) return false
  const scope = parts.slice(0, at).reduce<NodePath>(joinPath, '')
  if (isRound(a)) return plan.node(scope)?.type === 'loop' && Number(a) < Number(b)
  const seen = new Set<string>()
  const open = [a]
  const edges = plan.graph(scope)?.saga.edges ?? []
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const { from, to } of edges)
      if (from === next && !seen.has(to)) {
        seen.add(to)
        open.push(to)
      }
  return seen.has(b)
}
