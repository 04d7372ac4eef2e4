import type { Db } from './db'
import { INSERT_EVENTS } from './event-rows'

/** Commits of a single append, one after the other, after which the next is made here. */
export const ALONE_IN_A_ROW = 64
/** JSON characters of a commit that may be made here. */
const MOST_CHARACTERS = 32 * 1024
/** Where a commit takes longer than this, nobody should stand still for it. */
const MOST_MS = 5

/** Where the one writer writes: in a thread of its own, or here. It is asked for one thing at a time. */
export interface WritePlace {
  /**
   * @param appends how many share the commit
   * @param rows as JSON
   * @param token of the lease
   * @returns how many rows it wrote @throws {SqliteFault}
   */
  insert(appends: number, rows: string, token: number): Promise<number>
  /** @param isBrief whether it is a handful of rows @param work begins and ends a transaction */
  transaction<T>(isBrief: boolean, work: (db: Db) => Promise<T>): Promise<T>
  /** At any time. Best effort: what stays in the WAL is as durable there. */
  checkpoint(mode: 'RESTART' | 'PASSIVE'): Promise<void>
}

/**
 * While appends come one by one, each waited for before the next is decided, there is nothing to do during a commit, and
 * the way to the thread and back takes half as long as the commit itself. Then it is made here.
 * @param here a connection whose statements are done when they return
 * @param thread a connection that is waited for in a thread of its own
 */
export function createWritePlace(here: Db, thread: Db, aloneInARow = ALONE_IN_A_ROW): WritePlace {
  let alone = 0
  /** Under way in the thread: whoever writes here meanwhile would wait for its lock. */
  let checkpoints = 0

  async function timed<T>(work: (db: Db) => Promise<T>): Promise<T> {
    const began = performance.now()
    try {
      return await work(here)
    } finally {
      if (performance.now() - began > MOST_MS) alone = 0
    }
  }

  const isHere = (): boolean => alone > aloneInARow && checkpoints === 0

  return {
    insert(appends, rows, token) {
      alone = appends === 1 ? alone + 1 : 0
      return isHere() && rows.length <= MOST_CHARACTERS
        ? timed((db) => db.execute(INSERT_EVENTS, rows, token))
        : thread.execute(INSERT_EVENTS, rows, token)
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
