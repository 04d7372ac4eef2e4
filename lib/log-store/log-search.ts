import type { LogFilter } from '@/core/log/filter'
import type { LogPorts } from './log-ports'

/** Matches whose positions are kept, 8 bytes each: beyond them a filter finds nobody anything. */
const MOST_MATCHES = 500_000

export interface Found {
  readonly matches: number
  /** How much of the log was looked at, 0 to 1. */
  readonly share: number
  readonly truncated: boolean
}

/** Where the events that a filter takes stand, ascending. The events themselves are read when they come into view. */
export interface LogSearch {
  /** The log reaches so far now; what comes later is told with `add`. */
  begin(last: number): void
  reset(): void
  /** Looks through the log from its beginning, part by part. @param onFound false ends it */
  run(filter: LogFilter, onFound: (found: Found) => boolean): Promise<void>
  /** Positions that came live, ascending. @returns those that are new now: until the search is through, none */
  add(positions: readonly number[]): readonly number[]
  positions(from: number, count: number): readonly number[]
  /** The first row at a position or behind it; the last row when there is none. */
  rowOf(position: number): number
}

export function createLogSearch(ports: Pick<LogPorts, 'matches'>): LogSearch {
  let found: number[] = []
  let last = 0
  /** Came live while the search was under way: its last part may have been read before them. */
  let held: number[] = []
  let truncated = false
  let through = false

  function append(positions: readonly number[]): readonly number[] {
    const known = found.at(-1) ?? 0
    const fresh = positions.filter((position) => position > known)
    found.push(...fresh)
    return fresh
  }

  return {
    begin(position) {
      last = position
    },
    reset() {
      found = []
      held = []
      truncated = false
      through = false
    },
    async run(filter, onFound) {
      let after: number | null = 0
      while (after !== null && !truncated) {
        const mine = found
        const part = await ports.matches(filter, after)
        // Another search has begun meanwhile.
        if (mine !== found) return
        found.push(...part.positions)
        truncated = found.length >= MOST_MATCHES
        through = part.next === null || truncated
        if (through && !truncated) append(held.splice(0))
        const share = through ? 1 : Math.min(1, (part.next ?? last) / Math.max(last, 1))
        if (!onFound({ matches: found.length, share, truncated })) return
        after = part.next
      }
    },
    add(positions) {
      if (through) return truncated ? [] : append(positions)
      held.push(...positions)
      return []
    },
    positions: (from, count) => found.slice(from, from + count),
    rowOf(position) {
      let low = 0
      let high = found.length
      while (low < high) {
        const middle = Math.floor((low + high) / 2)
        if ((found[middle] ?? 0) < position) low = middle + 1
        else high = middle
      }
      return Math.min(low, found.length - 1)
    },
  }
}
