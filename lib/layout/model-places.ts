import type { Point } from '@/core/design/document'
import type { MapNode, ModelMap } from '@/core/model-map'
import { MAP_ROW_GAP, mapNodeSize } from './model-boxes'
import { layoutModel, type MapPlaces } from './model-layout'

/**
 * Where the things on the map stand: where the document says, and where it is silent as `layoutModel` has them. When
 * some were put somewhere by hand, a newcomer stands beneath its like, and never on another.
 * @param placed `layout.model` of the document; places of what is not on the map any more are passed over
 */
export function modelPlaces(map: ModelMap, placed: MapPlaces): MapPlaces {
  const laidOut = layoutModel(map)
  if (map.nodes.every(({ id }) => placed[id] === undefined)) return laidOut
  const places: Record<string, Point> = {}
  for (const { id } of map.nodes) {
    const place = placed[id]
    if (place) places[id] = place
  }
  for (const node of map.nodes)
    places[node.id] ??= freePlace(map, node, places, laidOut[node.id] ?? { x: 0, y: 0 })
  return places
}

function freePlace(map: ModelMap, node: MapNode, places: MapPlaces, otherwise: Point): Point {
  const own = mapNodeSize(map, node)
  const alike = map.nodes.flatMap(({ kind, owner, id }) =>
    kind === node.kind && owner === node.owner && owner !== null ? (places[id] ?? []) : [],
  )
  const lowest = alike.toSorted((a, b) => b.y - a.y)[0]
  const wish = lowest ? { x: lowest.x, y: lowest.y + own.height + MAP_ROW_GAP } : otherwise
  const taken = map.nodes.flatMap((other) => {
    const at = places[other.id]
    return at ? [{ at, size: mapNodeSize(map, other) }] : []
  })
  const inTheWay = (at: Point) =>
    taken.find(
      (other) =>
        at.x < other.at.x + other.size.width &&
        other.at.x < at.x + own.width &&
        at.y < other.at.y + other.size.height &&
        other.at.y < at.y + own.height,
    )
  let at = wish
  for (let other = inTheWay(at); other; other = inTheWay(at))
    at = { x: at.x, y: other.at.y + other.size.height + MAP_ROW_GAP }
  return at
}
