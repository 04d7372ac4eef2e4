import { setImmediate as nextTurn } from 'node:timers/promises'
import { WorkbenchError } from '@/core/errors'
import { LIMITS } from '../../limits'
import type { AppendJob } from './append-plan'
import type { Appender } from './appender'
import type { Db } from './db'
import type { Fence } from './fence'
import type { WritePlace } from './write-place'

/** JSON characters of one commit: one statement's parameter must fit in memory several times. */
const COMMIT_CHARACTERS = 8 * 1024 * 1024
/** Appends of one commit: while it is written, those whose appends were in the one before decide what the next is. */
const COMMIT_APPENDS = 100
/** Appends that are worth a commit before those whose appends were in the last one have decided what is next. */
const ENOUGH_APPENDS = 8
/** Units that share a transaction. */
const COMMIT_UNITS = 50

const NOTHING = (): void => undefined

/** Some statements that belong together. It may be run again when its transaction could not be shared. */
export type Unit<T> = (db: Db) => Promise<T>

/** The only one that writes to the file, one commit at a time. Whatever queues during a commit is the next. */
export interface Writer {
  append(job: AppendJob): void
  /**
   * Runs the unit in a transaction, and resolves when it is on disk.
   */
  unit<T>(unit: Unit<T>, options?: UnitOptions<T>): Promise<T>
  /** Refuses what comes after, finishes what was queued. */
  close(): Promise<void>
}

interface UnitOptions<T> {
  /** It writes a handful of rows and reads nothing long: it may be done where others wait for it. */
  readonly isBrief?: boolean
  /** Called in the turn in which it is known to be on disk, before anything else is written. */
  readonly onCommitted?: (result: T) => void
}

/** For a unit that writes a handful of rows. */
export const BRIEF = { isBrief: true }

interface UnitJob {
  readonly isBrief: boolean
  /** Runs the statements; the result is kept until the commit. */
  readonly run: (db: Db) => Promise<void>
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

export function createWriter(place: WritePlace, appender: Appender, fence: Fence): Writer {
  let appends: AppendJob[] = []
  let units: UnitJob[] = []
  let closed = false
  let working: Promise<void> | null = null

  function start(): void {
    working ??= drain().finally(() => {
      working = null
      if (appends.length > 0 || units.length > 0) start()
    })
  }

  async function drain(): Promise<void> {
    let acknowledge = NOTHING
    while (appends.length > 0 || units.length > 0) {
      // What was decided meanwhile goes to disk while others decide on what has just come there. Where that is little,
      // whatever else is decided in this turn comes with it, and sockets and timers get theirs.
      if (appends.length < ENOUGH_APPENDS || units.length > 0) {
        acknowledge()
        acknowledge = NOTHING
        await nextTurn()
      }
      if (appends.length > 0) {
        const committing = appender.commit(takeBatch())
        acknowledge()
        acknowledge = await committing
      }
      if (units.length === 0) continue
      acknowledge()
      acknowledge = NOTHING
      const batch = units.slice(0, COMMIT_UNITS)
      units = units.slice(COMMIT_UNITS)
      await place.transaction(
        batch.every(({ isBrief }) => isBrief),
        (db) => commitUnits(db, batch),
      )
    }
    acknowledge()
  }

  /** At least one job, however large: an append is never torn apart. */
  function takeBatch(): readonly AppendJob[] {
    let rows = 0
    let characters = 0
    let count = 0
    for (const job of appends) {
      rows += job.messageIds.length
      characters += job.characters
      if (count === COMMIT_APPENDS) break
      if (count > 0 && (rows > LIMITS.commitRows || characters > COMMIT_CHARACTERS)) break
      count += 1
    }
    const batch = appends.slice(0, count)
    appends = appends.slice(count)
    return batch
  }

  async function commitUnits(db: Db, batch: readonly UnitJob[]): Promise<void> {
    try {
      await db.execute('BEGIN IMMEDIATE')
      // The lock is ours: nobody can take the lease between here and the commit.
      await fence.check(db)
      for (const unit of batch) await unit.run(db)
      await db.execute('COMMIT')
    } catch (error) {
      // SQLite rolls back by itself after some errors; then there is nothing to do.
      await db.execute('ROLLBACK').catch(() => 0)
      const [only, ...others] = batch
      if (only && others.length === 0) only.reject(error)
      // One of them failed: alone, each succeeds or fails for itself.
      else for (const unit of batch) await commitUnits(db, [unit])
      return
    }
    for (const unit of batch) unit.resolve()
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
    unit<T>(unit: Unit<T>, { isBrief = false, onCommitted }: UnitOptions<T> = {}) {
      if (closed) return Promise.reject(closedError())
      return new Promise<T>((resolve, reject) => {
        let result: { readonly value: T } | undefined
        units.push({
          isBrief,
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
    async close() {
      closed = true
      while (working) await working
    },
  }
}

function closedError(): WorkbenchError {
  return new WorkbenchError('STORE_UNAVAILABLE', 'The store is closed: the server is stopping.')
}
