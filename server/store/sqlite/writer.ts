import { setImmediate as nextTurn } from 'node:timers/promises'
import { WorkbenchError } from '@/core/errors'
import { LIMITS } from '../../limits'
import type { AppendJob } from './append-plan'
import { type Appender, NOTHING } from './appender'
import type { Db, Statement } from './db'
import type { Fence } from './fence'
import type { WritePlace } from './write-place'

/** JSON characters of one commit: one statement's parameter must fit in memory several times. */
const COMMIT_CHARACTERS = 8 * 1024 * 1024
/** Appends of one commit: while it is written, those whose appends were in the one before decide what the next is. */
const COMMIT_APPENDS = 100
/** Appends that are worth a commit before those whose appends were in the last one have decided what is next. */
const ENOUGH_APPENDS = 8
/**
 * Appends that go side by side from which they are two groups: while one is written in the thread, the other decides.
 * Where there are fewer, the way to the thread takes longer than taking turns saves.
 */
const TWO_GROUPS = 24
/** Scripts, or units, that share a transaction. */
const COMMIT_JOBS = 50

/** Some statements that belong together. It may be run again when its transaction could not be shared. */
export type Unit<T> = (db: Db) => Promise<T>

/**
 * The only one that writes to the file, one commit at a time. Whatever queues during a commit is the next. Appends are in
 * order, and so are scripts and units; an append and one of those are in none.
 */
export interface Writer {
  append(job: AppendJob): void
  /** Runs the statements in a transaction. @returns how many rows each wrote, when that is on disk */
  write(statements: readonly Statement[]): Promise<readonly number[]>
  /**
   * Runs the unit, which reads before it writes or may be long, in a transaction in the thread, and resolves when it is
   * on disk.
   * @param onCommitted called in the turn in which it is known to be on disk, before anything else is written
   */
  unit<T>(unit: Unit<T>, onCommitted?: (result: T) => void): Promise<T>
  /** Folds the WAL into the file and begins it anew, as far as readers let it. */
  beginWalAnew(): Promise<void>
  /** Refuses what comes after, finishes what was queued. */
  close(): Promise<void>
}

interface ScriptJob {
  readonly type: 'script'
  readonly statements: readonly Statement[]
  readonly resolve: (changes: readonly number[]) => void
  readonly reject: (error: unknown) => void
}

interface UnitJob {
  readonly type: 'unit'
  /** Runs the statements; the result is kept until the commit. */
  readonly run: (db: Db) => Promise<void>
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

interface WalJob {
  readonly type: 'wal'
  readonly resolve: () => void
}

/** What has come to disk, and nobody has acted on yet. */
interface Unheard {
  readonly acknowledge: () => void
  readonly appends: number
}

const NOBODY: Unheard = { acknowledge: NOTHING, appends: 0 }

type Job = ScriptJob | UnitJob | WalJob

const isScript = (job: Job): job is ScriptJob => job.type === 'script'
const isUnit = (job: Job): job is UnitJob => job.type === 'unit'
const isWal = (job: Job): job is WalJob => job.type === 'wal'

/** @param thread a connection in a thread of its own: units may be long */
export function createWriter(thread: Db, place: WritePlace, appender: Appender, fence: Fence): Writer {
  let appends: AppendJob[] = []
  const jobs: Job[] = []
  let closed = false
  let working: Promise<void> | null = null

  function start(): void {
    working ??= drain().finally(() => {
      working = null
      if (hasWork()) start()
    })
  }

  const hasWork = (): boolean => appends.length > 0 || jobs.length > 0

  async function drain(): Promise<void> {
    let unheard = NOBODY
    const tell = () => {
      unheard.acknowledge()
      unheard = NOBODY
    }
    while (hasWork()) {
      // What was decided while the thread wrote goes there before anybody acts on what has just come to disk. Where that is
      // little or nothing, or is written here, whatever else is decided in this turn comes with it, and sockets and timers
      // get theirs.
      if (unheard === NOBODY || appends.length < ENOUGH_APPENDS || place.isHere) {
        tell()
        await nextTurn()
      }
      if (appends.length > 0) unheard = await commitNext(unheard)
      if (jobs.length === 0) continue
      tell()
      await commitScripts(takeJobs(isScript))
      await commitUnits(takeJobs(isUnit))
      await beginWalAnew(takeJobs(isWal))
    }
    tell()
  }

  /** Those of the last commit act on it while this one is under way. */
  async function commitNext(last: Unheard): Promise<Unheard> {
    const abreast = last.appends + appends.length
    const isMany = abreast >= TWO_GROUPS
    if (isMany) place.moveAside()
    const batch = takeBatch(Math.min(isMany ? Math.ceil(abreast / 2) : abreast, COMMIT_APPENDS))
    const committing = appender.commit(batch)
    last.acknowledge()
    const acknowledge = await committing
    return acknowledge === NOTHING ? NOBODY : { acknowledge, appends: batch.length }
  }

  /** @param most jobs; but at least one, however large: an append is never torn apart */
  function takeBatch(most: number): readonly AppendJob[] {
    let rows = 0
    let characters = 0
    let count = 0
    for (const job of appends) {
      rows += job.messageIds.length
      characters += job.characters
      if (count === most) break
      if (count > 0 && (rows > LIMITS.commitRows || characters > COMMIT_CHARACTERS)) break
      count += 1
    }
    const batch = appends.slice(0, count)
    appends = appends.slice(count)
    return batch
  }

  /** Of those that have waited longest, as many as are alike. */
  function takeJobs<J extends Job>(isWanted: (job: Job) => job is J): readonly J[] {
    const taken: J[] = []
    for (const job of jobs) {
      if (taken.length === COMMIT_JOBS || !isWanted(job)) break
      taken.push(job)
    }
    jobs.splice(0, taken.length)
    return taken
  }

  async function commitScripts(batch: readonly ScriptJob[]): Promise<void> {
    if (batch.length === 0) return
    try {
      const lost = fence.lost()
      if (lost) throw lost
      const changes = await place.script(
        fence.guard,
        batch.flatMap(({ statements }) => statements),
      )
      if (!changes) throw fence.broken()
      let from = 0
      for (const { statements, resolve } of batch) {
        resolve(changes.slice(from, from + statements.length))
        from += statements.length
      }
    } catch (error) {
      await eachAlone(batch, error, commitScripts)
    }
  }

  async function commitUnits(batch: readonly UnitJob[]): Promise<void> {
    if (batch.length === 0) return
    try {
      await thread.execute('BEGIN IMMEDIATE')
      // The lock is ours: nobody can take the lease between here and the commit.
      await fence.check(thread)
      for (const unit of batch) await unit.run(thread)
      await thread.execute('COMMIT')
    } catch (error) {
      // SQLite rolls back by itself after some errors; then there is nothing to do.
      await thread.execute('ROLLBACK').catch(() => 0)
      await eachAlone(batch, error, commitUnits)
      return
    }
    for (const unit of batch) unit.resolve()
  }

  /** Best effort: what stays in the WAL is as durable there. */
  async function beginWalAnew(batch: readonly WalJob[]): Promise<void> {
    if (batch.length === 0) return
    await thread.query('PRAGMA wal_checkpoint(RESTART)').catch(() => [])
    for (const job of batch) job.resolve()
  }

  /** One of them failed: alone, each succeeds or fails for itself. */
  async function eachAlone<Job extends { readonly reject: (error: unknown) => void }>(
    batch: readonly Job[],
    error: unknown,
    commit: (batch: readonly Job[]) => Promise<void>,
  ): Promise<void> {
    const [only, ...others] = batch
    if (only && others.length === 0) only.reject(error)
    else for (const job of batch) await commit([job])
  }

  return {
    append(job) {
      if (closed) {
        job.reject(closedError())
        return
      }
      appends.push(job)
      start()
    },
    write(statements) {
      if (closed) return Promise.reject(closedError())
      return new Promise((resolve, reject) => {
        jobs.push({ type: 'script', statements, resolve, reject })
        start()
      })
    },
    unit<T>(unit: Unit<T>, onCommitted?: (result: T) => void) {
      if (closed) return Promise.reject(closedError())
      return new Promise<T>((resolve, reject) => {
        let result: { readonly value: T } | undefined
        jobs.push({
          type: 'unit',
          run: async (connection) => {
            result = { value: await unit(connection) }
          },
          resolve: () => {
            if (!result) return
            onCommitted?.(result.value)
            resolve(result.value)
          },
          reject,
        })
        start()
      })
    },
    beginWalAnew() {
      if (closed) return Promise.reject(closedError())
      return new Promise((resolve) => {
        jobs.push({ type: 'wal', resolve })
        start()
      })
    },
    async close() {
      closed = true
      while (working) await working
    },
  }
}

function closedError(): WorkbenchError {
  return new WorkbenchError('STORE_UNAVAILABLE', 'The store is closed: the server is stopping.')
}
