import type { KeyboardEvent as ReactKeyboardEvent } from 'react'
import type { Point } from '@/core/design/document'
import { type Direction, neighbour } from './geometry'

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

type Key = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>

/** Which way a plain arrow key goes; null for every other key. */
export function arrowOf(event: Key): Direction | null {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return null
  return ARROWS[event.key] ?? null
}

/** True inside something that is typed into. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable="true"]') !== null
  )
}

/** The node an element of the page belongs to. */
export function nodeIdAt(element: Element | null): string | null {
  return element?.closest('.react-flow__node')?.getAttribute('data-id') ?? null
}

export function edgeIdAt(element: Element | null): string | null {
  return element?.closest('.react-flow__edge')?.getAttribute('data-id') ?? null
}

export interface GraphKeys {
  /** The card that is chosen; the one that has the keyboard comes before it. */
  readonly chosen: string | null
  /** Where every card stands. */
  readonly placed: () => readonly { readonly id: string; readonly at: Point }[]
  /** Chooses a card and gives it the keyboard. */
  readonly choose: (id: string) => void
  readonly open: (id: string) => void
}

/** Arrow keys go from card to card, Space chooses the one that has the keyboard, Enter opens it. */
export function onGraphKey(event: ReactKeyboardEvent, { chosen, placed, choose, open }: GraphKeys): void {
  if (isTyping(event.target)) return
  const direction = arrowOf(event)
  const focused = nodeIdAt(document.activeElement) ?? chosen
  const isOnCard = focused !== null && nodeIdAt(event.target as Element) === focused
  if (event.key === 'Enter' && isOnCard) {
    if (chosen !== focused) choose(focused)
    open(focused)
  } else if (event.key === ' ' && isOnCard) {
    choose(focused)
  } else if (direction !== null) {
    const cards = placed()
    const next = focused === null ? (cards[0]?.id ?? null) : neighbour(cards, focused, direction)
    if (next !== null) choose(next)
  } else {
    return
  }
  event.preventDefault()
}
