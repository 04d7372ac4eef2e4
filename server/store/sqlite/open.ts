import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { WorkbenchError } from '@/core/errors'
import type { Store } from '../contract'
import { createFeed } from '../feed'
import { createAppender } from './appender'
import { createCheckpointer } from './checkpointer'
import { type Db, openDb } from './db'
import { createDesignStore } from './designs'
import { createHeads } from './heads'
import { createIdempotencyStore, releaseAbandonedClaims } from './idempotency'
import { migrate, readMigrations } from './migrations'
import { createProjectionStore } from './projections'
import { createRunIndex } from './runs'
import { createSnapshotStore } from './snapshots'
import { createSqliteEventStore, readRange } from './sqlite-event-store'
import { createTail } from './tail'
import { createWriter } from './writer'
import { openWriterDb } from './writer-db'

export interface SqliteStoreOptions {
  /** `file:` and a path, relative to the working directory. */
  readonly url?: string
  /** The path itself. Its folder is created. Either this or `url`. */
  readonly path?: string
  /** Epoch milliseconds; default the wall clock. */
  readonly now?: () => number
  /** Default: `prisma/migrations` of this program. */
  readonly migrationsPath?: string
  /** The file may grow to this many pages of 4,096 bytes, then STORE_FULL. Default: as far as the disk goes. */
  readonly maxPages?: number
}

/**
 * Opens the store, creating or migrating its file. One process per file: positions are given out in memory.
 * @throws {WorkbenchError} MIGRATION_EDITED, MIGRATION_FAILED, STORE_UNAVAILABLE, STORE_FULL
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const path = pathOf(options)
  mkdirSync(dirname(path), { recursive: true })
  const url = `file:${path}`
  const reader = await openDb(url)
  let db: Db
  try {
    await migrate(reader, url, readMigrations(options.migrationsPath))
    db = await openWriterDb(path)
  } catch (error) {
    await reader.close()
    throw error
  }
  try {
    if (options.maxPages !== undefined)
      await db.query(`PRAGMA max_page_count = ${Math.trunc(options.maxPages)}`)
    await releaseAbandonedClaims(db)
  } catch (error) {
    await db.close()
    await reader.close()
    throw error
  }
  const heads = createHeads(reader)
  const checkpointer = await createCheckpointer(path, db)
  const appender = await createAppender({
    db,
    reader,
    heads,
    now: options.now ?? Date.now,
    onCommitted(events, characters) {
      tail.push(events, characters)
      feed.wake()
      checkpointer.written(events.length, characters)
    },
  })
  const tail = createTail(appender.head())
  const feed = createFeed({
    head: appender.head,
    range(after, upTo, limit, only) {
      const recent = tail.range(after, upTo)
      if (!recent) return readRange(reader, after, upTo, limit, only)
      const { designId, streamId } = only
      const wanted = recent.filter(
        (event) =>
          (designId === undefined || event.designId === designId) &&
          (streamId === undefined || event.streamId === streamId),
      )
      return wanted.slice(0, limit)
    },
  })
  const writer = createWriter(db, appender)

  let closing: Promise<void> | undefined
  async function shut(): Promise<void> {
    feed.close()
    await writer.close()
    await checkpointer.close()
    await reader.close()
    await db.close()
  }
  const close = () => {
    closing ??= shut()
    return closing
  }

  return {
    kind: 'sqlite',
    events: createSqliteEventStore({ reader, writer, heads, feed, head: appender.head, close }),
    designs: createDesignStore({
      reader,
      writer,
      head: appender.head,
      onDeleted() {
        heads.clear()
        tail.clear()
      },
    }),
    runs: createRunIndex(reader, writer),
    projections: createProjectionStore(reader, writer),
    snapshots: createSnapshotStore(reader, writer),
    idempotency: createIdempotencyStore(writer),
    close,
  }
}

function pathOf({ url, path }: SqliteStoreOptions): string {
  const found = path ?? (url?.startsWith('file:') ? url.slice('file:'.length) : undefined)
  if (!found || found === ':memory:' || found.startsWith(':memory:')) {
    const message = `The database must be a file (file:./data/workbench.db), not ${JSON.stringify(url ?? path)}.`
    throw new WorkbenchError('STORE_UNAVAILABLE', message)
  }
  return resolve(found.replace(/^\/\/(?=\/)/, ''))
}
