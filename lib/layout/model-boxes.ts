import { type MapNode, type ModelMap, placeKey } from '@/core/model-map'

/** Sizes and gaps of the model map, px at zoom 1. */
export const MAP_CARD = { width: 200, height: 56 } as const
/** An aggregate stands between its commands and its events, as tall as they are many. */
export const AGGREGATE_WIDTH = 132
export const MAP_ROW_GAP = 16
/** Between a command, its aggregate and its events. */
export const MAP_LANE_GAP = 44
/** Between what follows one from another. */
export const MAP_STAGE_GAP = 104
/** Between two aggregates of one stage: their frames and the names on them stand in it. */
export const MAP_BLOCK_GAP = 64

export interface MapSize {
  readonly width: number
  readonly height: number
}

export const rowsHeight = (rows: number): number =>
  Math.max(1, rows) * (MAP_CARD.height + MAP_ROW_GAP) - MAP_ROW_GAP

/** What an aggregate has of its own on the map, what is missing of it among them. */
export function membersOf(map: ModelMap, aggregate: string): readonly MapNode[] {
  return map.nodes.filter(({ owner }) => owner === aggregate)
}

export function mapNodeSize(map: ModelMap, node: MapNode): MapSize {
  if (node.kind !== 'aggregate') return MAP_CARD
  const members = membersOf(map, node.name)
  const commands = members.filter(({ kind }) => kind === 'command').length
  return { width: AGGREGATE_WIDTH, height: rowsHeight(Math.max(commands, members.length - commands)) }
}

/** The block of the map that a thing is laid out with: that of its aggregate, or itself. */
export const blockOf = ({ id, owner }: MapNode): string => (owner === null ? id : placeKey.aggregate(owner))
