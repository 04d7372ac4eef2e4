import type { Direction } from './geometry'

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
