import type { Db } from './db'
import { INSERT_EVENTS } from './event-rows'

/** Events of a commit that is made here: about a millisecond's. */
export const ROWS_HERE = 128
/** Its JSON characters. */
const CHARACTERS_HERE = 128 * 1024
/** Where a commit takes longer than this, nobody should stand still for it. */
const MOST_MS = 4
/** Commits that are made in the thread after one that was too large to be made here, and after one that took too long. */
const AFTER_LARGE = 16
const AFTER_SLOW = 64

/** Where the one writer writes: in a thread of its own, or here. It is asked for one thing at a time. */
export interface WritePlace {
  /**
   * @param count of rows
   * @param rows as JSON
   * @param token of the lease
   * @returns how many rows it wrote @throws {SqliteFault}
   */
  insert(count: number, rows: string, token: number): Promise<number>
  /** @param isBrief whether it is a handful of rows @param work begins and ends a transaction */
  transaction<T>(isBrief: boolean, work: (db: Db) => Promise<T>): Promise<T>
  /** At any time. Best effort: what stays in the WAL is as durable there. */
  checkpoint(mode: 'RESTART' | 'PASSIVE'): Promise<void>
}

/**
 * A small commit is made here: the way to the thread and back takes half as long as the commit itself, and while it is under
 * way those who wait for the next are split from those who are in this one. A large one is made in the thread, while others
 * decide; and so is every one for a while after the disk was slow.
 * @param here a connection whose statements are done when they return
 * @param thread a connection that is waited for in a thread of its own
 */
export function createWritePlace(here: Db, thread: Db, rowsHere = ROWS_HERE): WritePlace {
  /** Commits that are still to be made in the thread. Whichever of the two changes place reads again what it knew. */
  let inThread = rowsHere > 0 ? 0 : Number.POSITIVE_INFINITY
  /** Under way in the thread: whoever writes here meanwhile would wait for its lock. */
  let checkpoints = 0

  async function timed<T>(work: (db: Db) => Promise<T>): Promise<T> {
    const began = performance.now()
    try {
      return await work(here)
    } finally {
      if (performance.now() - began > MOST_MS) inThread = AFTER_SLOW
    }
  }

  const isHere = (): boolean => inThread === 0 && checkpoints === 0

  return {
    insert(count, rows, token) {
      if (count > rowsHere || rows.length > CHARACTERS_HERE) inThread = Math.max(inThread, AFTER_LARGE)
      if (isHere()) return timed((db) => db.execute(INSERT_EVENTS, rows, token))
      if (inThread > 0) inThread -= 1
      return thread.execute(INSERT_EVENTS, rows, token)
    },
    transaction: (isBrief, work) => (isBrief && isHere() ? timed(work) : work(thread)),
    async checkpoint(mode) {
      const sql = `PRAGMA wal_checkpoint(${mode})`
      if (isHere()) {
        await here.query(sql).catch(() => [])
        return
      }
      checkpoints += 1
      await thread.query(sql).catch(() => [])
      checkpoints -= 1
    },
  }
}
