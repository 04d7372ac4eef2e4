import type { Point } from '@/core/design/document'
import type { Saga, SagaNode } from '@/core/design/saga'

/**
 * Every node is laid out as a box of one height, so that the cards of a row stand in one line whatever hangs beneath
 * them.
 */
export const BOX_HEIGHT = 136
export const CARD_WIDTH = 220
export const PILL_WIDTH = 160
export const LAYER_GAP = 80
export const ROW_GAP = 40
/** From the top of a box to the top of its card: a card's line is the middle of its box. */
const TOP = 32

export interface Box {
  readonly id: string
  readonly width: number
  readonly height: number
}

export interface Boxes {
  readonly boxes: readonly Box[]
  readonly edges: readonly { readonly id: string; readonly from: string; readonly to: string }[]
}

const isPill = ({ type }: SagaNode): boolean => type === 'start' || type === 'end' || type === 'fail'

export function sagaBoxes(saga: Saga): Boxes {
  const ids = new Set(saga.nodes.map(({ id }) => id))
  return {
    boxes: saga.nodes.map((node) => ({
      id: node.id,
      width: isPill(node) ? PILL_WIDTH : CARD_WIDTH,
      height: BOX_HEIGHT,
    })),
    edges: saga.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
  }
}

/** From the top left corners of boxes to those of cards, on the canvas' 4 px grid. */
export function placeCards(saga: Saga, corners: ReadonlyMap<string, Point>): Readonly<Record<string, Point>> {
  return Object.fromEntries(
    saga.nodes.flatMap((node) => {
      const corner = corners.get(node.id)
      if (!corner) return []
      return [[node.id, { x: onGrid(corner.x), y: onGrid(corner.y + TOP) }]]
    }),
  )
}

const onGrid = (px: number): number => Math.round(px / 4) * 4
