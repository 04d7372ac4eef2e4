import { streamKey } from '../expected-version'
import type { AppendJob } from './append-plan'
import type { Db } from './db'

/** Streams whose version is kept in memory, at most. About 100 bytes each. */
const MOST_HEADS = 50_000

interface StreamId {
  readonly designId: string
  readonly streamId: string
}

/** Committed versions of the streams that were written or asked for last. A cache: UNIQUE is the guard. */
export interface Heads {
  /** By `streamKey`. Undefined when it is not in memory. */
  get(key: string): number | undefined
  /** What has come to disk, by `streamKey`. */
  advance(versions: ReadonlyMap<string, number>): void
  forget(keys: Iterable<string>): void
  clear(): void
  /** Streams of the jobs whose version must be known to judge them, and is not in memory. */
  missing(jobs: readonly Pick<AppendJob, 'appends' | 'keys'>[]): readonly StreamId[]
  /** Reads from disk those that are not in memory, in one query. */
  load(streams: readonly StreamId[]): Promise<void>
}

export function createHeads(db: Pick<Db, 'query'>, most = MOST_HEADS): Heads {
  // Two halves: what was not written to while the younger one filled is forgotten with the older.
  let younger = new Map<string, number>()
  let older = new Map<string, number>()

  function set(key: string, version: number): void {
    younger.set(key, version)
    if (younger.size < most / 2) return
    older = younger
    younger = new Map()
  }

  const get = (key: string): number | undefined => younger.get(key) ?? older.get(key)

  return {
    get,
    advance(newer) {
      for (const [key, version] of newer) set(key, version)
    },
    forget(keys) {
      for (const key of keys) {
        younger.delete(key)
        older.delete(key)
      }
    },
    clear() {
      younger.clear()
      older.clear()
    },
    missing(jobs) {
      const missing: StreamId[] = []
      for (const { appends, keys } of jobs)
        for (const [index, append] of appends.entries())
          if (append.expectedVersion !== 'no-stream' && get(keys[index] ?? '') === undefined)
            missing.push(append)
      return missing
    },
    async load(streams) {
      const missing = streams.filter((stream) => get(streamKey(stream)) === undefined)
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
