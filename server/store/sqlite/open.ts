import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { WorkbenchError } from '@/core/errors'
import type { RecordedEvent } from '@/core/log/event'
import { LIMITS } from '../../limits'
import type { Store } from '../contract'
import { createFeed } from '../feed'
import { createAppender } from './appender'
import { createCheckpointer } from './checkpointer'
import { type Db, openDb, type Scripted } from './db'
import { createDesignStore } from './designs'
import { openDriverDb } from './driver-db'
import { createHeads } from './heads'
import { createIdempotencyStore, releaseAbandonedClaims } from './idempotency'
import { createImportStore } from './imports'
import { acquireLease, hasLeases, type LeaseOptions, releaseLease } from './lease'
import { createLeaseKeeper } from './lease-keeper'
import { createMarkStore } from './marks'
import { migrate, readMigrations } from './migrations'
import { createPolicyStore } from './policies'
import { createProjectionStore } from './projections'
import { createRunIndex } from './runs'
import { createSharedReads } from './shared-reads'
import { createSnapshotStore } from './snapshots'
import { createSqliteEventStore, readRange } from './sqlite-event-store'
import type { SqliteFault } from './sqlite-fault'
import { createStoreHealth } from './store-health'
import { createTail } from './tail'
import { openThreadDb } from './thread-db'
import { createWritePlace } from './write-place'
import { createWriter } from './writer'

export interface SqliteStoreOptions {
  /** `file:` and a path, relative to the working directory. */
  readonly url?: string
  /** The path itself. Its folder is created. Either this or `url`. */
  readonly path?: string
  /** Epoch milliseconds; default the wall clock. */
  readonly now?: () => number
  /** Default: `prisma/migrations` of this program. */
  readonly migrationsPath?: string
  /** Whom it waits for, and for how long a silent holder keeps the file. Default: it waits for nobody. */
  readonly lease?: Partial<Pick<LeaseOptions, 'ttlMs' | 'waitMs' | 'onWaiting'>> & {
    /** Told once when another process has taken over: nothing is written here any more. */
    readonly onLost?: (error: WorkbenchError) => void
  }
  /** The file may grow to this many pages of 4,096 bytes, then STORE_FULL. Default: as far as the disk goes. */
  readonly maxPages?: number
  /** Characters of a commit that is made without the writer's thread; 0: none is. Default: CHARACTERS_HERE. */
  readonly charactersHere?: number
  /** Told of every commit, after it is on disk: its events, ascending. */
  readonly onCommitted?: ((events: readonly RecordedEvent[]) => void) | undefined
}

/**
 * Opens the store, creating or migrating its file. One process per file: positions are given out in memory.
 * @throws {WorkbenchError} LEASE_HELD, MIGRATION_EDITED, MIGRATION_FAILED, STORE_*
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const path = pathOf(options)
  mkdirSync(dirname(path), { recursive: true })
  const url = `file:${path}`
  const health = createStoreHealth()
  const { db, token } = await openForWriting(url, path, options, health.met)
  const lease = createLeaseKeeper(token, path, options.lease)
  const { fence } = lease
  const reader = await openDb(url, health.met)
  const scanner = await openDriverDb(path, health.met)
  const here = await openDriverDb(path, health.met)
  await limitPages(here, options)
  const place = createWritePlace(here, db, { charactersHere: options.charactersHere })
  const heads = createHeads(reader)
  const checkpointer = await createCheckpointer(path, [db, here], () => writer.beginWalAnew())
  const appender = await createAppender({
    place,
    reader,
    heads,
    fence,
    now: options.now ?? Date.now,
    onCommitted(events, characters) {
      health.wrote('event')
      options.onCommitted?.(events)
      tail.push(events, characters)
      feed.wake()
      checkpointer.written(events.length, characters)
    },
    onJumped(head) {
      tail.jumpTo(head)
      feed.wake()
    },
  })
  const tail = createTail(appender.head())
  const shared = createSharedReads((after, upTo, limit) => readRange(scanner, after, upTo, limit, {}))
  const feed = createFeed({
    head: appender.head,
    range(after, upTo, limit, only) {
      const recent = tail.range(after, upTo)
      const { designId, streamId } = only
      if (!recent) {
        const whole = designId === undefined && streamId === undefined
        return whole ? shared.read(after, upTo, limit) : readRange(scanner, after, upTo, limit, only)
      }
      const wanted = recent.filter(
        (event) =>
          (designId === undefined || event.designId === designId) &&
          (streamId === undefined || event.streamId === streamId),
      )
      return wanted.slice(0, limit)
    },
  })
  const writer = createWriter(db, place, appender, fence)
  const imports = await createImportStore({
    reader,
    writer,
    head: appender.head,
    token,
    onCommitted(last, rows, characters) {
      appender.jumpTo(last)
      tail.jumpTo(last)
      feed.wake()
      checkpointer.written(rows, characters)
    },
  })
  lease.keep(writer, () => health.wrote('heartbeat'))

  let closing: Promise<void> | undefined
  async function shut(): Promise<void> {
    feed.close()
    await lease.stop()
    await writer.close()
    await checkpointer.close()
    await reader.close()
    await scanner.close()
    await here.close()
    await releaseLease(db, token).catch(() => undefined)
    await db.close()
  }
  const close = () => {
    closing ??= shut()
    return closing
  }

  return {
    kind: 'sqlite',
    fault: () => health.fault() ?? lease.fault(),
    events: createSqliteEventStore({ reader, scanner, writer, heads, feed, head: appender.head, close }),
    designs: createDesignStore({
      reader,
      writer,
      head: appender.head,
      onDeleted(id) {
        shared.clear()
        imports.forget(id)
        heads.clear()
        tail.clear()
      },
    }),
    runs: createRunIndex(reader, writer),
    projections: createProjectionStore(reader, scanner, writer),
    policies: createPolicyStore(reader, writer, appender.head),
    snapshots: createSnapshotStore(reader, writer),
    idempotency: createIdempotencyStore(writer),
    marks: createMarkStore(reader, writer),
    imports,
    close,
  }
}

/** The lease comes first: who does not hold it changes nothing, not even by migrating. */
async function openForWriting(
  url: string,
  path: string,
  options: SqliteStoreOptions,
  onFault: (fault: SqliteFault) => void,
): Promise<{ readonly db: Db & Scripted; readonly token: number }> {
  const { lease = {}, migrationsPath } = options
  const db = await openThreadDb(path, onFault)
  const take = () => acquireLease(db, { ttlMs: LIMITS.leaseTtlMs, waitMs: 0, ...lease, path })
  let token: number | undefined
  try {
    if (await hasLeases(db)) token = await take()
    await migrate(db, url, readMigrations(migrationsPath))
    token ??= await take()
    await limitPages(db, options)
    await releaseAbandonedClaims(db)
    return { db, token }
  } catch (error) {
    if (token !== undefined) await releaseLease(db, token).catch(() => undefined)
    await db.close()
    throw error
  }
}

async function limitPages(db: Pick<Db, 'query'>, { maxPages }: SqliteStoreOptions): Promise<void> {
  if (maxPages !== undefined) await db.query(`PRAGMA max_page_count = ${Math.trunc(maxPages)}`)
}

function pathOf({ url, path }: SqliteStoreOptions): string {
  const found = path ?? (url?.startsWith('file:') ? url.slice('file:'.length) : undefined)
  if (!found || found === ':memory:' || found.startsWith(':memory:')) {
    const message = `The database must be a file (file:./data/workbench.db), not ${JSON.stringify(url ?? path)}.`
    throw new WorkbenchError('STORE_UNAVAILABLE', message)
  }
  return resolve(found.replace(/^\/\/(?=\/)/, ''))
}
