import type { RunMode } from '@/core/saga'

/** A run's clock: what time it is, and how to be woken. */
export interface RunClock {
  /** Epoch ms. */
  now(): number
  /**
   * Calls back once at `at` (epoch ms), or as soon as it can when that has passed.
   * @returns cancels it
   */
  at(at: number, wake: () => void): () => void
  /** Told that nothing else is under way, so that time may jump. A clock that flows ignores it. */
  idle(): void
  /** Goes on from the time it is in another way. @param speed how fast it flows beside the clock on the wall */
  set(mode: RunMode, speed: number): void
}

/** `setTimeout` cannot wait longer than this: a longer wait is made of several. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1

interface Waiting {
  readonly at: number
  /** Things due at one time happen in the order they were asked for. */
  readonly order: number
  readonly wake: () => void
  disarm: () => void
}

const NOTHING = (): void => undefined

/** The clock on the wall. */
export const wallClock = (): RunClock => runClock('live', 1, 0)

/**
 * Virtual time: when nothing else is under way it jumps to the next thing that happens. A three-day wait takes as long
 * as its events take to store.
 * @param start epoch ms
 */
export const virtualClock = (start: number): RunClock => runClock('virtual', 1, start)

/**
 * A run's own clock. In live mode it flows, as fast as the one on the wall or at another speed; in virtual time and step
 * by step it stands, and jumps. It never goes back: one that was ahead of the wall's stays ahead.
 * @param start epoch ms that it is at least
 */
export function runClock(mode: RunMode, speed: number, start: number): RunClock {
  const waiting = new Set<Waiting>()
  let asked = 0
  let flows = mode === 'live'
  let rate = flows ? speed : 1
  // The time is `base` plus what has passed on the wall since, at this rate; where it stands it is `base`.
  let since = Date.now()
  let base = flows ? Math.max(start, since) : start

  const now = (): number => (flows ? Math.floor(base + (Date.now() - since) * rate) : base)

  function arm(entry: Waiting): void {
    entry.disarm()
    entry.disarm = NOTHING
    if (!flows) return
    const leftMs = (entry.at - now()) / rate
    const due = () => {
      waiting.delete(entry)
      entry.wake()
    }
    // A timer of 0 ms takes at least one: what is due is due in this turn.
    if (leftMs <= 0) {
      const turn = setImmediate(due)
      entry.disarm = () => clearImmediate(turn)
      return
    }
    const timer =
      leftMs > LONGEST_TIMEOUT_MS
        ? setTimeout(() => arm(entry), LONGEST_TIMEOUT_MS)
        : setTimeout(() => (entry.at <= now() ? due() : arm(entry)), Math.ceil(leftMs))
    entry.disarm = () => clearTimeout(timer)
  }

  return {
    now,
    at(at, wake) {
      const entry: Waiting = { at: flows ? at : Math.max(at, base), order: asked++, wake, disarm: NOTHING }
      waiting.add(entry)
      arm(entry)
      return () => {
        entry.disarm()
        waiting.delete(entry)
      }
    },
    idle() {
      if (flows) return
      let next: Waiting | undefined
      for (const entry of waiting)
        if (!next || entry.at < next.at || (entry.at === next.at && entry.order < next.order)) next = entry
      if (!next) return
      waiting.delete(next)
      base = Math.max(base, next.at)
      next.wake()
    },
    set(toMode, toSpeed) {
      base = now()
      since = Date.now()
      flows = toMode === 'live'
      rate = flows ? toSpeed : 1
      for (const entry of waiting) arm(entry)
    },
  }
}
