/** A run's clock: what time it is, and how to be woken. */
export interface RunClock {
  /** Epoch ms. */
  now(): number
  /**
   * Calls back once at `at` (epoch ms), or as soon as it can when that has passed.
   * @returns cancels it
   */
  at(at: number, wake: () => void): () => void
  /** Told that nothing else is under way, so that time may jump. The wall's clock ignores it. */
  idle(): void
}

/** `setTimeout` cannot wait longer than this: a longer wait is made of several. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1

/** The clock on the wall. */
export function wallClock(): RunClock {
  return {
    now: () => Date.now(),
    at(at, wake) {
      // A timer of 0 ms takes at least one: what is due is due in this turn.
      if (at <= Date.now()) {
        const due = setImmediate(wake)
        return () => clearImmediate(due)
      }
      let timer: NodeJS.Timeout
      const arm = () => {
        const left = at - Date.now()
        timer =
          left > LONGEST_TIMEOUT_MS
            ? setTimeout(arm, LONGEST_TIMEOUT_MS)
            : setTimeout(wake, Math.max(0, left))
      }
      arm()
      return () => clearTimeout(timer)
    },
    idle: () => undefined,
  }
}

/**
 * Virtual time: when nothing else is under way it jumps to the next thing that happens. A three-day wait takes as long
 * as its events take to store. Things due at one time happen in the order they were asked for.
 * @param start epoch ms
 */
export function virtualClock(start: number): RunClock {
  let now = start
  let asked = 0
  const due: { readonly at: number; readonly order: number; readonly wake: () => void }[] = []
  return {
    now: () => now,
    at(at, wake) {
      const entry = { at: Math.max(at, now), order: asked++, wake }
      due.push(entry)
      return () => {
        const index = due.indexOf(entry)
        if (index >= 0) due.splice(index, 1)
      }
    },
    idle() {
      due.sort((a, b) => a.at - b.at || a.order - b.order)
      const next = due.shift()
      if (!next) return
      now = next.at
      next.wake()
    },
  }
}
