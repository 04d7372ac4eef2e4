import { setImmediate as nextTurn } from 'node:timers/promises'
import type { EventStore } from '../store/contract'

/** Events between two marks: what has to be counted off to find a place. */
const STRIDE = 10_000
/** Designs whose marks are kept; a million events have a hundred. */
const KEPT = 200

/** Where the events of one design stand in the log, by their rank in the design: a scrollbar's way of naming a place. */
export interface LogRanks {
  /** How many events there are now, and where the last stands. */
  extent(): Promise<{ readonly events: number; readonly last: number }>
  /** What comes after this position begins with the event of that rank, from 0. */
  before(rank: number): Promise<number>
  /** How many events stand before a position. */
  rankOf(position: number): Promise<number>
}

const ranksOfStores = new WeakMap<EventStore, Map<string, LogRanks>>()

/** A log only grows, so marks once made stay true. They are a cache, one for each store that is open. */
export function logRanks(events: EventStore, designId: string): LogRanks {
  const held = ranksOfStores.get(events) ?? new Map<string, LogRanks>()
  ranksOfStores.set(events, held)
  const ranks = held.get(designId) ?? createLogRanks(events, designId)
  held.delete(designId)
  held.set(designId, ranks)
  for (const oldest of held.keys()) {
    if (held.size <= KEPT) break
    held.delete(oldest)
  }
  return ranks
}

/** Not for a design that may be deleted and come back under the same id. */
export function createLogRanks(events: EventStore, designId: string): LogRanks {
  /** `marks[k]`: position of the event of rank `(k + 1) * STRIDE - 1`. */
  const marks: number[] = []
  let counted = 0
  let last = 0
  let counting: Promise<void> = Promise.resolve()

  async function countOn(): Promise<void> {
    for (;;) {
      const most = STRIDE - (counted % STRIDE)
      const stretch = await events.count(designId, { after: last, most })
      if (stretch.events > 0) last = stretch.last
      counted += stretch.events
      if (stretch.events < most) return
      marks.push(last)
      await nextTurn()
    }
  }

  /** One after the other: two that count at once would count twice. */
  function count(): Promise<void> {
    counting = counting.catch(() => undefined).then(countOn)
    return counting
  }

  return {
    async extent() {
      await count()
      return { events: counted, last }
    },

    async before(rank) {
      if (rank >= marks.length * STRIDE) await count()
      const mark = Math.min(Math.floor(rank / STRIDE), marks.length)
      const after = marks[mark - 1] ?? 0
      const off = rank - mark * STRIDE
      return off === 0 ? after : (await events.count(designId, { after, most: off })).last
    },

    async rankOf(position) {
      await count()
      let low = 0
      let high = marks.length
      while (low < high) {
        const middle = Math.floor((low + high) / 2)
        if ((marks[middle] ?? 0) < position) low = middle + 1
        else high = middle
      }
      const after = marks[low - 1] ?? 0
      return low * STRIDE + (await events.count(designId, { after, before: position, most: STRIDE })).events
    },
  }
}
