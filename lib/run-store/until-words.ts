import { formatMoment, formatTimeOfDay } from '../moment'

const DAY_MS = 86_400_000

/**
 * When a wait is over, as a person reads it: a time of day, and for what takes a day or more, the day.
 * @param from epoch ms, when the wait began; null when nobody knows
 * @param at epoch ms on the run's clock
 */
export const untilWords = (from: number | null, at: number): string =>
  `until ${(at - (from ?? at) < DAY_MS ? formatTimeOfDay : formatMoment)(at)}`
