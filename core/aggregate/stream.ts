import { err, ok, type Result } from '../result'

/** Keys of aggregate instances: what a URL and a stream id can carry. */
export const AGGREGATE_KEY = /^[A-Za-z0-9_.:@-]{1,128}$/

/** The stream of one aggregate instance. */
export const aggregateStream = (aggregate: string, key: string): string => `${aggregate}-${key}`

const RUN_PREFIX = 'run-'

/** The stream of one run. */
export const runStream = (runId: string): string => `${RUN_PREFIX}${runId}`

/** The run a stream belongs to; null when it is not a run's. */
export const runOfStream = (streamId: string): string | null =>
  streamId.startsWith(RUN_PREFIX) ? streamId.slice(RUN_PREFIX.length) : null

export function checkKey(key: string): Result<string, string> {
  return AGGREGATE_KEY.test(key) ? ok(key) : err('a key has 1 to 128 letters, digits or any of _ . : @ -')
}
