import { z } from 'zod'

/**
 * A number in the query of an address. Digits and nothing else: `Number` makes 0 of an empty text and of blanks, and
 * reads `0x10` and `1e3` as well, so that a slip would be answered as if something else had been asked.
 */
const digits = (pattern: RegExp) => (text: unknown) =>
  typeof text === 'string' && pattern.test(text) ? Number(text) : text

export const wholeQuery = ({ least = 0, most = Number.MAX_SAFE_INTEGER } = {}) =>
  z.preprocess(digits(/^-?\d+$/), z.number('must be a whole number').int().min(least).max(most))

export const secondsQuery = (most: number) =>
  z.preprocess(digits(/^-?\d+(\.\d+)?$/), z.number('must be a number of seconds').min(0).max(most))
