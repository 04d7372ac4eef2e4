import type { StreamAppend } from '@/core/log/event'
import { streamKey } from '../expected-version'
import type { Db } from './db'

/** Streams whose version is kept in memory. About 100 bytes each. */
const MOST_HEADS = 50_000

interface StreamId {
  readonly designId: string
  readonly streamId: string
}

/** Committed versions of the streams that were written or asked for last. A cache: UNIQUE is the guard. */
export interface Heads {
  /** Undefined when it is not in memory. */
  get(stream: StreamId): number | undefined
  /** What has come to disk, by `streamKey`. */
  advance(versions: ReadonlyMap<string, number>): void
  forget(streams: Iterable<StreamId>): void
  clear(): void
  /** Streams of the jobs whose version must be known to judge them, and is not in memory. */
  missing(jobs: readonly { readonly appends: readonly StreamAppend[] }[]): readonly StreamId[]
  /** Reads from disk those that are not in memory, in one query. */
  load(streams: readonly StreamId[]): Promise<void>
}

export function createHeads(db: Db, most = MOST_HEADS): Heads {
  // A Map iterates in the order of insertion: its first key is the one unused for longest.
  const versions = new Map<string, number>()

  function set(key: string, version: number): void {
    versions.delete(key)
    versions.set(key, version)
    if (versions.size <= most) return
    for (const oldest of versions.keys()) {
      versions.delete(oldest)
      return
    }
  }

  return {
    get: (stream) => versions.get(streamKey(stream)),
    advance(newer) {
      for (const [key, version] of newer) set(key, version)
    },
    forget(streams) {
      for (const stream of streams) versions.delete(streamKey(stream))
    },
    clear: () => versions.clear(),
    missing(jobs) {
      const missing: StreamId[] = []
      for (const { appends } of jobs)
        for (const append of appends)
          if (append.expectedVersion !== 'no-stream' && !versions.has(streamKey(append))) missing.push(append)
      return missing
    },
    async load(streams) {
      const missing = streams.filter((stream) => !versions.has(streamKey(stream)))
      if (missing.length === 0) return
      const wanted = JSON.stringify(missing.map(({ designId, streamId }) => [designId, streamId]))
      const rows = await db.query<{ index: number; version: number }>(LOAD_HEADS, wanted)
      for (const { index, version } of rows) {
        const stream = missing[index]
        if (stream) set(streamKey(stream), version)
      }
    },
  }
}

const LOAD_HEADS = `SELECT +wanted.key AS "index", coalesce((
  SELECT max(version) FROM Event WHERE designId = wanted.value->>0 AND streamId = wanted.value->>1
), 0) AS version FROM json_each(?) AS wanted`
