import type { Design } from '../design/document'
import { mapEdges } from './map-edges'
import { placeKey } from './place'
import type { Lack, MapEdge, MapKind, MapNode, ModelMap } from './types'

type Named = Omit<MapNode, 'lacks'>

/**
 * A design as a map: what commands, aggregates, events, policies, sagas and read models there are and how one leads to
 * the other. Everything defined is there exactly once; what is only named is there too, marked as not defined. Of two
 * definitions with one name (a DUPLICATE_ID problem) the first counts, as it does when the design runs.
 * @see docs/semantics.md#the-model-map
 */
export function modelMap(design: Design): ModelMap {
  const edges = mapEdges(design)
  const nodes = new Map<string, Named>()
  for (const node of defined(design)) if (!nodes.has(node.id)) nodes.set(node.id, node)
  for (const { from, to } of edges)
    for (const id of [from, to]) if (!nodes.has(id)) nodes.set(id, undefinedNode(id))
  const around = wiresAround(edges)
  return {
    nodes: [...nodes.values()].map((node) => ({ ...node, lacks: lacksOf(node, around.get(node.id)) })),
    edges,
  }
}

function defined(design: Design): readonly Named[] {
  const own = { owner: null, from: 'design' } as const
  return [
    ...design.sagas.map(({ id, name }) => ({
      ...own,
      id: placeKey.saga(id),
      kind: 'saga' as const,
      name: id,
      title: name ?? id,
    })),
    ...design.aggregates.flatMap((aggregate): readonly Named[] => {
      const part = { owner: aggregate.id, from: 'design' } as const
      const { id } = aggregate
      return [
        { ...own, id: placeKey.aggregate(id), kind: 'aggregate', name: id, title: aggregate.name ?? id },
        ...aggregate.commands.map(({ name }) => ({
          ...part,
          id: placeKey.command(id, name),
          kind: 'command' as const,
          name,
          title: name,
        })),
        ...aggregate.events.map(({ name }) => ({
          ...part,
          id: placeKey.event(id, name),
          kind: 'event' as const,
          name,
          title: name,
        })),
      ]
    }),
    ...design.policies.map(({ id, name }) => ({
      ...own,
      id: placeKey.policy(id),
      kind: 'policy' as const,
      name: id,
      title: name ?? id,
    })),
    ...design.projections.map(({ id, name }) => ({
      ...own,
      id: placeKey.projection(id),
      kind: 'projection' as const,
      name: id,
      title: name ?? id,
    })),
  ]
}

/** What an edge ends at and no definition stands for: an event of runs, or something that is missing. */
function undefinedNode(id: string): Named {
  const [kind = '', owner = '', last] = id.split('/')
  const name = last ?? owner
  const isOfRun = kind === 'event' && owner === 'run'
  return {
    id,
    kind: kind as MapKind,
    owner: last === undefined || isOfRun || owner === '?' ? null : owner,
    name,
    title: name,
    from: isOfRun ? 'run' : 'missing',
  }
}

interface Around {
  readonly into: ReadonlySet<MapEdge['kind']>
  readonly out: ReadonlySet<MapEdge['kind']>
}

function wiresAround(edges: readonly MapEdge[]): ReadonlyMap<string, Around> {
  const around = new Map<string, { into: Set<MapEdge['kind']>; out: Set<MapEdge['kind']> }>()
  const at = (id: string) => {
    const found = around.get(id) ?? { into: new Set(), out: new Set() }
    around.set(id, found)
    return found
  }
  for (const { from, to, kind } of edges) {
    at(from).out.add(kind)
    at(to).into.add(kind)
  }
  return around
}

function lacksOf({ kind, from }: Named, around: Around | undefined): readonly Lack[] {
  if (from === 'run') return []
  const has = (way: 'into' | 'out', edge: MapEdge['kind']): boolean => around?.[way].has(edge) === true
  const lacks: Lack[] = from === 'missing' ? ['not-defined'] : []
  if (kind === 'event') {
    if (!has('into', 'emits')) lacks.push('not-emitted')
    if (!has('out', 'feeds') && !has('out', 'triggers')) lacks.push('not-heard')
  }
  if (from === 'design' && kind === 'command' && !has('out', 'emits')) lacks.push('emits-nothing')
  if (from === 'design' && kind === 'projection' && !has('into', 'feeds')) lacks.push('hears-nothing')
  return lacks
}
