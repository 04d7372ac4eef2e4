const DAY_MS = 86_400_000

const timeOfDay = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const dayAndTime = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})

/**
 * When a wait is over, as a person reads it: a time of day, and for what takes a day or more, the day.
 * @param from epoch ms, when the wait began; null when nobody knows
 * @param at epoch ms on the run's clock
 */
export const untilWords = (from: number | null, at: number): string =>
  `until ${(at - (from ?? at) < DAY_MS ? timeOfDay : dayAndTime).format(at)}`
