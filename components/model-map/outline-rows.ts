import type { MapKind, MapNode, ModelMap } from '@/core/model-map'

export interface OutlineRow {
  readonly node: MapNode
  readonly level: 1 | 2
  /** 1-based among its siblings. */
  readonly place: number
  readonly setSize: number
  readonly hasChildren: boolean
}

const ORDER: readonly MapKind[] = ['saga', 'policy', 'command', 'event', 'aggregate', 'projection']

/** The map as the rows of a tree of two levels: what belongs to an aggregate stands beneath it. */
export function outlineRows(map: ModelMap): readonly OutlineRow[] {
  const aggregates = new Set(map.nodes.flatMap(({ kind, name }) => (kind === 'aggregate' ? [name] : [])))
  const isPart = ({ owner }: MapNode): boolean => owner !== null && aggregates.has(owner)
  const tops = ORDER.flatMap((kind) => map.nodes.filter((node) => node.kind === kind && !isPart(node)))
  return tops.flatMap((node, at): readonly OutlineRow[] => {
    const parts =
      node.kind === 'aggregate'
        ? (['command', 'event'] as const).flatMap((kind) =>
            map.nodes.filter((part) => part.owner === node.name && part.kind === kind),
          )
        : []
    return [
      { node, level: 1, place: at + 1, setSize: tops.length, hasChildren: parts.length > 0 },
      ...parts.map(
        (part, index): OutlineRow => ({
          node: part,
          level: 2,
          place: index + 1,
          setSize: parts.length,
          hasChildren: false,
        }),
      ),
    ]
  })
}
