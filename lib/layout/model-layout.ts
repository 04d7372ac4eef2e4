import type { Point } from '@/core/design/document'
import { type MapNode, type ModelMap, placeKey } from '@/core/model-map'
import {
  AGGREGATE_WIDTH,
  MAP_BLOCK_GAP,
  MAP_CARD,
  MAP_LANE_GAP,
  MAP_ROW_GAP,
  MAP_STAGE_GAP,
  mapNodeSize,
  membersOf,
  rowsHeight,
} from './model-boxes'
import { type Blocks, blocksOf, stagesOf } from './model-stages'

export type MapPlaces = Readonly<Record<string, Point>>

const ROW = MAP_CARD.height + MAP_ROW_GAP
const AGGREGATE_X = MAP_CARD.width + MAP_LANE_GAP
const EVENT_X = AGGREGATE_X + AGGREGATE_WIDTH + MAP_LANE_GAP

interface Placed {
  readonly id: string
  readonly width: number
  readonly height: number
  /** Of its parts, from its own corner. */
  readonly parts: MapPlaces
}

/**
 * Places for everything on the map. Time goes from left to right: what leads to something stands left of it. Within an
 * aggregate's frame its commands, itself and its events are columns, an event beside the first command that emits it.
 */
export function layoutModel(map: ModelMap): MapPlaces {
  const blocks = blocksOf(map)
  const stages = stagesOf(blocks)
  const drawn = new Map(blocks.ids.map((id) => [id, block(map, id)]))
  const middles = new Map<string, number>()
  const places: Record<string, Point> = {}
  let x = 0
  for (const stage of [...new Set(stages.values())].sort((a, b) => a - b)) {
    const column = blocks.ids.flatMap((id) => (stages.get(id) === stage ? (drawn.get(id) ?? []) : []))
    const width = Math.max(...column.map((one) => one.width))
    for (const { at, block } of stacked(column, blocks, middles)) {
      middles.set(block.id, at + block.height / 2)
      for (const [id, part] of Object.entries(block.parts))
        places[id] = { x: onGrid(x + part.x), y: onGrid(at + part.y) }
    }
    x += width + MAP_STAGE_GAP
  }
  return places
}

const onGrid = (px: number): number => Math.round(px / 4) * 4

/** One below the other, each as near as may be to the middle of what leads to it. */
function stacked(
  column: readonly Placed[],
  { after }: Blocks,
  middles: ReadonlyMap<string, number>,
): readonly { readonly at: number; readonly block: Placed }[] {
  const wanted = column.map((block, at) => {
    const before = [...middles].flatMap(([id, y]) => (after.get(id)?.has(block.id) ? [y] : []))
    const middle = before.length === 0 ? null : before.reduce((sum, y) => sum + y, 0) / before.length
    return { block, at, middle }
  })
  const sorted = wanted.sort(
    (a, b) => (a.middle ?? Number.POSITIVE_INFINITY) - (b.middle ?? Number.POSITIVE_INFINITY) || a.at - b.at,
  )
  let floor = Number.NEGATIVE_INFINITY
  return sorted.map(({ block, middle }) => {
    const wish =
      middle === null ? (floor === Number.NEGATIVE_INFINITY ? 0 : floor) : middle - block.height / 2
    const at = Math.max(wish, floor)
    floor = at + block.height + MAP_BLOCK_GAP
    return { at, block }
  })
}

function block(map: ModelMap, id: string): Placed {
  const alone = map.nodes.find((node) => node.id === id)
  const owner = id.slice(placeKey.aggregate('').length)
  const members = id.startsWith(placeKey.aggregate('')) ? membersOf(map, owner) : []
  if (alone && alone.kind !== 'aggregate') return { id, ...MAP_CARD, parts: { [id]: { x: 0, y: 0 } } }
  const commands = members.filter(({ kind }) => kind === 'command')
  const rows = new Map(commands.map((command, row) => [command.id, row]))
  const events = eventRows(map, members, rows)
  const count = Math.max(commands.length, ...[...events.values()].map((row) => row + 1), 1)
  const own = alone ? mapNodeSize(map, alone).height : 0
  const at = (column: number, row: number): Point => ({ x: column, y: row * ROW })
  return {
    id,
    width: EVENT_X + MAP_CARD.width,
    height: rowsHeight(count),
    parts: {
      ...Object.fromEntries([...rows].map(([key, row]) => [key, at(0, row)])),
      ...(alone ? { [id]: { x: AGGREGATE_X, y: Math.max(0, (rowsHeight(count) - own) / 2) } } : {}),
      ...Object.fromEntries([...events].map(([key, row]) => [key, at(EVENT_X, row)])),
    },
  }
}

/** An event stands in the row of the first command that emits it, or the next free one. */
function eventRows(
  map: ModelMap,
  members: readonly MapNode[],
  commands: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const events = members
    .filter(({ kind }) => kind === 'event')
    .map(({ id }, at) => {
      const rows = map.edges.flatMap(({ to, from }) => (to === id ? (commands.get(from) ?? []) : []))
      return { id, at, row: rows.length === 0 ? null : Math.min(...rows) }
    })
    .sort((a, b) => (a.row ?? members.length) - (b.row ?? members.length) || a.at - b.at)
  // no row is left free that one further down would need: the frame stays as short as it can
  let next = 0
  return new Map(
    events.map(({ id, row }, index) => {
      const latest = Math.max(commands.size, events.length) - (events.length - index)
      const own = Math.min(Math.max(next, row ?? next), Math.max(next, latest))
      next = own + 1
      return [id, own]
    }),
  )
}
