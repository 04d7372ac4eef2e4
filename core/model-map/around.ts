import { placeKey } from './place'
import type { MapEdge, ModelMap } from './types'

/**
 * Everything that leads to a thing and everything that follows from it, itself among them; with each command and event
 * the aggregate it belongs to. An aggregate is looked at through its commands and events.
 */
export function causesAndEffects(map: ModelMap, id: string): ReadonlySet<string> {
  const own = map.nodes.filter(({ owner }) => owner !== null && placeKey.aggregate(owner) === id)
  const starts = [id, ...own.map((node) => node.id)]
  // `handled` leads to the aggregate and from there to nothing: an event has its own commands, not all of them
  const flow = map.edges.filter(({ kind }) => kind !== 'handled')
  const found = new Set([...reach(flow, starts, 'to'), ...reach(flow, starts, 'from')])
  const ids = new Set(map.nodes.map((node) => node.id))
  for (const node of map.nodes) {
    if (!found.has(node.id) || node.owner === null) continue
    const aggregate = placeKey.aggregate(node.owner)
    if (ids.has(aggregate)) found.add(aggregate)
  }
  return found
}

function reach(
  edges: readonly MapEdge[],
  starts: readonly string[],
  way: 'from' | 'to',
): ReadonlySet<string> {
  const back = way === 'to' ? 'from' : 'to'
  const next = new Map<string, string[]>()
  for (const edge of edges) next.set(edge[back], [...(next.get(edge[back]) ?? []), edge[way]])
  const found = new Set(starts)
  for (const id of found) for (const other of next.get(id) ?? []) found.add(other)
  return found
}
