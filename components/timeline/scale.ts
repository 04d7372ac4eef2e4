import { formatDuration } from '@/lib/run-store/duration'
import { lastForkOf, type RunEvent } from '@/lib/run-store/history'

/** Room beside the first and the last event, px: a mark at the very edge would be cut in half. */
const PAD = 10
/** An axis of no length would divide by nothing. */
const SHORTEST_MS = 10
/** What a break takes, px. */
const BREAK_PX = 24
/** Time before a fork is left out when it is longer than this share of all the rest: it would flatten that. */
const LONGEST_SHARE = 0.25

/** A stretch of the axis in which time runs evenly: epoch ms, and px. */
export interface Stretch {
  readonly from: number
  readonly to: number
  readonly x: number
  readonly width: number
}

/** Maps the run's clock to the width of the timeline. */
export interface TimeScale {
  readonly from: number
  readonly to: number
  readonly width: number
  /** One, or two: the time between what a fork took over and itself, in which nothing happened, is left out. */
  readonly stretches: readonly Stretch[]
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
  const stretches = stretchesOf(from, to, gapBeforeFork(events, to - from), Math.max(1, width - 2 * PAD))
  const knots = stretches.flatMap((one) => [
    { at: one.from, x: one.x },
    { at: one.to, x: one.x + one.width },
  ])
  return {
    from,
    to,
    width,
    stretches,
    x: (at) => between(knots, 'at', 'x', Math.min(Math.max(at, from), to)),
    at: (x) => between(knots, 'x', 'at', x),
  }
}

/** How long after the start a moment is, or after the fork when time before that is left out. */
export function sinceWords({ from, stretches }: TimeScale, at: number): string {
  const fork = stretches.slice(1).findLast((stretch) => stretch.from <= at)
  return fork
    ? `${formatDuration(at - fork.from)} after the fork`
    : `${formatDuration(at - from)} after the start`
}

interface Gap {
  readonly from: number
  readonly to: number
}

function gapBeforeFork(events: readonly RunEvent[], spanMs: number): Gap | null {
  const fork = lastForkOf(events)
  const before = fork && events[fork.seq - 2]
  if (!fork || !before) return null
  const gapMs = fork.at - before.at
  return gapMs > (spanMs - gapMs) * LONGEST_SHARE ? { from: before.at, to: fork.at } : null
}

function stretchesOf(from: number, to: number, gap: Gap | null, inner: number): readonly Stretch[] {
  if (gap === null) return [{ from, to, x: PAD, width: inner }]
  // What has just begun has no length yet, and is to be seen all the same.
  const last = Math.max(to, gap.to + SHORTEST_MS)
  const room = Math.max(1, inner - BREAK_PX)
  const share = (gap.from - from) / (gap.from - from + last - gap.to)
  const width = room * Math.min(share, 0.9)
  return [
    { from, to: gap.from, x: PAD, width },
    { from: gap.to, to: last, x: PAD + width + BREAK_PX, width: room - width },
  ]
}

interface Knot {
  readonly at: number
  readonly x: number
}

/** The value at a place between knots; beyond the last ones it goes on as between these. */
function between(knots: readonly Knot[], of: keyof Knot, as: keyof Knot, value: number): number {
  const beyond = knots.findIndex((knot, at) => at > 0 && knot[of] >= value)
  const next = beyond < 0 ? knots.length - 1 : beyond
  const [a, b] = [knots[next - 1], knots[next]]
  if (!a || !b) return value
  return b[of] === a[of] ? a[as] : a[as] + ((value - a[of]) / (b[of] - a[of])) * (b[as] - a[as])
}
