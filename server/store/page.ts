import { LIMITS } from '../limits'

/** How many events a read gives: at least 1, at most `LIMITS.readMost`, which is also the default. */
export function readLimit(limit: number | undefined): number {
  return clamp(limit ?? LIMITS.readMost, LIMITS.readMost)
}

/**
 * How many lines a list gives: at least 1, at most one more than a query handler is given. What a caller from outside
 * may ask for (`LIMITS.listMost`) is checked where it comes in; queries ask for one more, to know whether more follows.
 */
export function listLimit(limit: number | undefined): number {
  return clamp(limit ?? LIMITS.listDefault, LIMITS.queryRows + 1)
}

function clamp(limit: number, most: number): number {
  return Math.min(Math.max(Math.trunc(limit), 1), most)
}
