import { createStore, type StoreApi } from 'zustand/vanilla'
import { isUnfiltered, type LogFilter, matchesFilter } from '@/core/log/filter'
import type { EventAnswer } from '@/core/protocol'
import { createLogPages, PAGE_ROWS } from './log-pages'
import type { LogPorts } from './log-ports'
import { createLogSearch } from './log-search'

/** A place in the log: a position, or epoch ms. */
export type LogPlace = { readonly position: number } | { readonly time: number }

/** A design's log as a list of rows, oldest first: all of it, or what a filter takes. */
export interface LogState {
  readonly status: 'loading' | 'ready' | 'error'
  readonly error: string | null
  readonly connected: boolean
  readonly filter: LogFilter
  /** Rows of the list now. */
  readonly rows: number
  /** Events of the log. */
  readonly total: number
  /** How much of the log a filter has been held against, 0 to 1; null without a filter. */
  readonly searched: number | null
  /** More matches than a page keeps track of. */
  readonly truncated: boolean
  /** Grows whenever other events can be read with `eventAt`. */
  readonly drawn: number
  /** The row chosen, and its event once it is known. */
  readonly cursor: number | null
  readonly chosen: EventAnswer | null
  /** Where somebody wanted to go and nothing stands, nor behind it: the last row was chosen instead. */
  readonly missed: LogPlace | null
  /** The end of the list is followed as it grows. */
  readonly following: boolean
  eventAt(row: number): EventAnswer | undefined
  /** These rows are in view: what is missing of them is read, the newest wish first. */
  show(from: number, to: number): void
  setFilter(filter: LogFilter): void
  choose(row: number | null): void
  goTo(place: LogPlace): Promise<void>
  follow(following: boolean): void
  /** Reads how far the log reaches, then follows it. @returns what stops it */
  start(): () => void
}

export type LogStore = StoreApi<LogState>

export function createLogStore(ports: LogPorts, filter: LogFilter = {}): LogStore {
  return createStore<LogState>()((set, get) => {
    const pages = createLogPages()
    const search = createLogSearch(ports)
    let stopped = false
    let wanted = { from: 0, to: -1 }
    let reading = false
    /** Counts the lists there have been: what was asked for an earlier one is of no use. */
    let list = 0

    const fail = (error: unknown) => {
      if (!stopped) set({ status: 'error', error: error instanceof Error ? error.message : String(error) })
    }
    const redraw = () =>
      set(({ drawn, cursor, chosen }) => ({
        drawn: drawn + 1,
        chosen: cursor === null ? null : (pages.get(cursor) ?? chosen),
      }))
    const isFiltered = () => !isUnfiltered(get().filter)

    function missingPage(): number | null {
      const last = Math.min(wanted.to, get().rows - 1)
      for (let page = Math.floor(wanted.from / PAGE_ROWS); page * PAGE_ROWS <= last; page += 1) {
        if (!pages.has(page)) return page
        pages.touch(page)
      }
      return null
    }

    /** One page at a time: while somebody drags past many, only those that are still in view are read. */
    async function readMissing(): Promise<void> {
      if (reading) return
      reading = true
      try {
        for (let page = missingPage(); page !== null && !stopped; page = missingPage()) {
          const asked = list
          const { rows: before } = get()
          const events = isFiltered()
            ? await ports.at(search.positions(page * PAGE_ROWS, PAGE_ROWS))
            : await ports.ranked(page * PAGE_ROWS, PAGE_ROWS)
          if (stopped || asked !== list) continue
          if (events.length === 0) break
          const { rows } = get()
          const due = Math.min(PAGE_ROWS, rows - page * PAGE_ROWS)
          // The list has grown over the page meanwhile: it is read again, whole.
          if (rows > before && events.length < due) continue
          // No more than the list has rows: what is beyond comes by the socket.
          pages.put(page, events.slice(0, due))
          redraw()
        }
      } catch (error) {
        fail(error)
      } finally {
        reading = false
      }
    }

    function grow(events: readonly EventAnswer[]): void {
      const { rows } = get()
      for (const [index, event] of events.entries()) pages.add(rows + index, event)
      set({ rows: rows + events.length })
    }

    function onEvents(events: readonly EventAnswer[]): void {
      set(({ total }) => ({ total: total + events.length }))
      const { filter: now, rows } = get()
      if (!isFiltered()) grow(events)
      else {
        const taken = events.filter((event) => matchesFilter(event, now))
        const fresh = new Set(search.add(taken.map(({ position }) => position)))
        grow(taken.filter(({ position }) => fresh.has(position)))
      }
      if (get().rows === rows) return
      redraw()
      void readMissing()
    }

    async function searchAll(): Promise<void> {
      const asked = list
      await search.run(get().filter, (found) => {
        if (stopped || asked !== list) return false
        if (found.matches > get().rows) pages.reopen(get().rows)
        set({ rows: found.matches, searched: found.share, truncated: found.truncated })
        void readMissing()
        return true
      })
    }

    function setFilter(next: LogFilter): void {
      list += 1
      pages.clear()
      search.reset()
      const none = isUnfiltered(next)
      set({
        filter: next,
        rows: none ? get().total : 0,
        searched: none ? null : 0,
        truncated: false,
        cursor: null,
        chosen: null,
        missed: null,
        following: true,
      })
      redraw()
      if (get().status !== 'ready') return
      if (none) void readMissing()
      else searchAll().catch(fail)
    }

    return {
      status: 'loading',
      error: null,
      connected: true,
      filter,
      rows: 0,
      total: 0,
      searched: isUnfiltered(filter) ? null : 0,
      truncated: false,
      drawn: 0,
      cursor: null,
      chosen: null,
      missed: null,
      following: true,
      eventAt: (row) => pages.get(row),
      show(from, to) {
        wanted = { from, to }
        void readMissing()
      },
      setFilter,
      choose(row) {
        const last = get().rows - 1
        if (row === null || last < 0) return set({ cursor: null, chosen: null, missed: null })
        const cursor = Math.min(Math.max(0, row), last)
        set({ cursor, chosen: pages.get(cursor) ?? null, following: false, missed: null })
      },
      async goTo(place) {
        const asked = list
        const { rank, position } = await ports.extent(place)
        if (stopped || asked !== list) return
        const row = isFiltered()
          ? search.rowOf(position ?? Number.POSITIVE_INFINITY)
          : (rank ?? get().rows - 1)
        get().choose(row)
        if (rank === null) set({ missed: place })
      },
      follow: (following) =>
        set(following ? { following, cursor: null, chosen: null, missed: null } : { following }),
      start() {
        stopped = false
        let unfollow: (() => void) | null = null
        ports
          .extent()
          .then(({ events, last }) => {
            if (stopped) return
            search.begin(last)
            set({ status: 'ready', total: events, rows: isFiltered() ? 0 : events })
            unfollow = ports.follow(last, onEvents, (connected) => set({ connected }))
            if (isFiltered()) searchAll().catch(fail)
            else void readMissing()
          })
          .catch(fail)
        return () => {
          stopped = true
          unfollow?.()
        }
      },
    }
  })
}
