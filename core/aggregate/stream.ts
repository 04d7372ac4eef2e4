import { err, ok, type Result } from '../result'

/** Keys of aggregate instances: what a URL and a stream id can carry. */
export const AGGREGATE_KEY = /^[A-Za-z0-9_.:@-]{1,128}$/

/** The stream of one aggregate instance. */
export const aggregateStream = (aggregate: string, key: string): string => `${aggregate}-${key}`

/** The stream of one run. */
export const runStream = (runId: string): string => `run-${runId}`

export function checkKey(key: string): Result<string, string> {
  return AGGREGATE_KEY.test(key) ? ok(key) : err('a key has 1 to 128 letters, digits or any of _ . : @ -')
}
