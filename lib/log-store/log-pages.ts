import type { EventAnswer } from '@/core/protocol'

export const PAGE_ROWS = 100
/** Pages held: what is far from the view is read again when somebody comes back. */
const MOST_PAGES = 40

/** A bounded part of a long list, page by page. */
export interface LogPages {
  get(row: number): EventAnswer | undefined
  has(page: number): boolean
  put(page: number, events: readonly EventAnswer[]): void
  /** One more at the end of the list: kept when the page it belongs to is here. */
  add(row: number, event: EventAnswer): void
  /** The list goes on behind this row: a page that ended there is read again, whole. */
  reopen(row: number): void
  /** Told which pages are in view, so that others go first. */
  touch(page: number): void
  clear(): void
  /** How many events are held. */
  readonly size: number
}

export function createLogPages(): LogPages {
  // A Map iterates in the order of insertion: its first key is the page that was out of view for longest.
  const pages = new Map<number, readonly EventAnswer[]>()

  function put(page: number, events: readonly EventAnswer[]): void {
    pages.delete(page)
    pages.set(page, events)
    for (const oldest of pages.keys()) {
      if (pages.size <= MOST_PAGES) return
      pages.delete(oldest)
    }
  }

  return {
    get: (row) => pages.get(Math.floor(row / PAGE_ROWS))?.[row % PAGE_ROWS],
    has: (page) => pages.has(page),
    put,
    add(row, event) {
      const page = Math.floor(row / PAGE_ROWS)
      const held = pages.get(page) ?? (row % PAGE_ROWS === 0 ? [] : undefined)
      if (held === undefined) return
      if (held.length === row % PAGE_ROWS) put(page, [...held, event])
      // Read while the log grew: it is read again, whole.
      else pages.delete(page)
    },
    reopen(row) {
      if (row % PAGE_ROWS !== 0) pages.delete(Math.floor(row / PAGE_ROWS))
    },
    touch(page) {
      const held = pages.get(page)
      if (held) put(page, held)
    },
    clear: () => pages.clear(),
    get size() {
      return [...pages.values()].reduce((sum, page) => sum + page.length, 0)
    },
  }
}
