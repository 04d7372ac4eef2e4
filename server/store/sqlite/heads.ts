import type { Db } from './db'

/** Streams whose version is kept in memory, or about that many. About 100 bytes each. */
const MOST_HEADS = 50_000

/** A stream, and its `streamKey`. */
export interface KeyedStream {
  readonly designId: string
  readonly streamId: string
  readonly key: string
}

/** Committed versions of the streams that were written or asked for last. A cache: UNIQUE is the guard. */
export interface Heads {
  /** By `streamKey`. Undefined when it is not in memory. */
  get(key: string): number | undefined
  /** What has come to disk, by `streamKey`. */
  advance(versions: ReadonlyMap<string, number>): void
  forget(streams: Iterable<KeyedStream>): void
  clear(): void
  /** Reads from disk those that are not in memory, in one query. What was in memory stays. */
  load(streams: readonly KeyedStream[]): Promise<void>
}

export function createHeads(db: Pick<Db, 'query'>, most = MOST_HEADS): Heads {
  // Two halves: what was not written to while the younger one filled is forgotten with the older.
  let younger = new Map<string, number>()
  let older = new Map<string, number>()

  const get = (key: string): number | undefined => younger.get(key) ?? older.get(key)

  return {
    get,
    advance(newer) {
      for (const [key, version] of newer) younger.set(key, version)
      // Only here: who has made sure of some versions loads others, and then goes by all of them.
      if (younger.size < most / 2) return
      older = younger
      younger = new Map()
    },
    forget(streams) {
      for (const { key } of streams) {
        younger.delete(key)
        older.delete(key)
      }
    },
    clear() {
      younger.clear()
      older.clear()
    },
    async load(streams) {
      const missing = streams.filter(({ key }) => get(key) === undefined)
      if (missing.length === 0) return
      const wanted = JSON.stringify(missing.map(({ designId, streamId }) => [designId, streamId]))
      const rows = await db.query<{ index: number; version: number }>(LOAD_HEADS, wanted)
      for (const { index, version } of rows) {
        const stream = missing[index]
        if (stream) younger.set(stream.key, version)
      }
    },
  }
}

const LOAD_HEADS = `SELECT +wanted.key AS "index", coalesce((
  SELECT max(version) FROM Event WHERE designId = wanted.value->>0 AND streamId = wanted.value->>1
), 0) AS version FROM json_each(?) AS wanted`
