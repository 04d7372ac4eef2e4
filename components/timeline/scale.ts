import type { RunEvent } from '@/lib/run-store/history'

/** Room beside the first and the last event, px: a mark at the very edge would be cut in half. */
const PAD = 10
/** An axis of no length would divide by nothing. */
const SHORTEST_MS = 10

/** Maps the run's clock to the width of the timeline. */
export interface TimeScale {
  readonly from: number
  readonly to: number
  readonly width: number
  /** Epoch ms → px. */
  x(at: number): number
  /** px → epoch ms. */
  at(x: number): number
}

/**
 * @param now epoch ms on the run's clock; what is shown reaches at least to it
 * @param width of the plot, px
 */
export function timeScale(events: readonly RunEvent[], now: number, width: number): TimeScale {
  const from = events[0]?.at ?? now
  const to = Math.max(events.at(-1)?.at ?? now, now, from + SHORTEST_MS)
  const inner = Math.max(1, width - 2 * PAD)
  return {
    from,
    to,
    width,
    x: (at) => PAD + ((Math.min(Math.max(at, from), to) - from) / (to - from)) * inner,
    at: (x) => from + ((x - PAD) / inner) * (to - from),
  }
}
