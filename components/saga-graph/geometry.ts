import type { Point } from '@/core/design/document'
import { doerOf, type SagaNode } from '@/core/design/saga'

/** All sizes in px of the canvas at zoom 1. */
export const NODE_WIDTH = 220
export const NODE_HEIGHT = 72
/** A pill is narrower, and stands in the middle of a row of cards: whatever has one y has one line of edges. */
export const PILL_WIDTH = 160
/** The dashed stem between a step and its compensation. */
export const STEM_HEIGHT = 20
export const COMPENSATION_HEIGHT = 36

export interface Size {
  readonly width: number
  readonly height: number
}

export const isPill = ({ type }: SagaNode): boolean => type === 'start' || type === 'end' || type === 'fail'

/** Everything the node takes on the canvas, the compensation beneath a step included. */
export function nodeSize(node: SagaNode): Size {
  const lane = doerOf(node)?.compensation ? STEM_HEIGHT + COMPENSATION_HEIGHT : 0
  return { width: isPill(node) ? PILL_WIDTH : NODE_WIDTH, height: NODE_HEIGHT + lane }
}

export type Direction = 'left' | 'right' | 'up' | 'down'

interface Placed {
  readonly id: string
  readonly at: Point
}

/**
 * The node an arrow key goes to: the nearest in that direction, where straying sideways counts double.
 * @returns null when nothing lies there
 */
export function neighbour(nodes: readonly Placed[], from: string, direction: Direction): string | null {
  const origin = nodes.find(({ id }) => id === from)?.at
  if (!origin) return null
  let best: { readonly id: string; readonly cost: number } | null = null
  for (const { id, at } of nodes) {
    if (id === from) continue
    const [along, across] = split(at.x - origin.x, at.y - origin.y, direction)
    if (along <= 0 || across > along * 3) continue
    const cost = along + across * 2
    if (best === null || cost < best.cost) best = { id, cost }
  }
  return best?.id ?? null
}

function split(dx: number, dy: number, direction: Direction): readonly [along: number, across: number] {
  switch (direction) {
    case 'right':
      return [dx, Math.abs(dy)]
    case 'left':
      return [-dx, Math.abs(dy)]
    case 'down':
      return [dy, Math.abs(dx)]
    case 'up':
      return [-dy, Math.abs(dx)]
  }
}
