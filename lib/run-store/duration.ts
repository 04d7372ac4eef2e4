const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A length of time in ms as a person reads it: `0 ms`, `840 ms`, `1.2 s`, `2 m 05 s`, `3 h 10 m`, `3 d 4 h`. */
export function formatDuration(ms: number): string {
  const whole = Math.round(ms)
  if (whole < SECOND) return `${whole} ms`
  if (whole < MINUTE) return `${(Math.floor(whole / 10) / 100).toString()} s`
  if (whole < HOUR) return pair(whole, MINUTE, 'm', SECOND, 's')
  if (whole < DAY) return pair(whole, HOUR, 'h', MINUTE, 'm')
  return pair(whole, DAY, 'd', HOUR, 'h')
}

function pair(ms: number, big: number, bigUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((ms % big) / small)
  return rest === 0
    ? `${Math.floor(ms / big)} ${bigUnit}`
    : `${Math.floor(ms / big)} ${bigUnit} ${rest} ${smallUnit}`
}

const STEPS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map((n) => n * DAY),
]

/** Places for the labels of an axis of `spanMs`, in ms from its beginning: round ones, about `count` of them. */
export function axisTicks(spanMs: number, count: number): readonly number[] {
  const step = STEPS.find((candidate) => spanMs / candidate <= count) ?? STEPS.at(-1) ?? DAY
  return Array.from({ length: Math.floor(spanMs / step) + 1 }, (_, index) => index * step)
}
