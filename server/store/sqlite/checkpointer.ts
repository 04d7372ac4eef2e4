import type { Db } from './db'
import { openThreadDb } from './thread-db'

/** What was written since the last checkpoint that makes the next one due: JSON, events, commits. It costs an fsync. */
const EVERY_CHARACTERS = 4 * 1024 * 1024
const EVERY_ROWS = 4_000
const EVERY_COMMITS = 400
/**
 * Pages of 4,096 bytes after which the WAL begins anew. The writer waits for that, but the thread has left it few pages
 * to copy; and an fsync of a file that does not grow takes half the time, as the file system has nothing to note.
 */
const WAL_PAGES_MOST = 4_096

export interface Checkpointer {
  /** Counts what was committed and starts a checkpoint when it is due. */
  written(rows: number, characters: number): void
  /** Folds what it can of the WAL into the file, and ends the thread. */
  close(): Promise<void>
}

/**
 * Takes checkpoints off the writer: SQLite would otherwise take one inside the commit that fills the thousandth
 * page. They run in a thread with a connection of their own, beside the commits.
 * @param committing connections whose commits are to be without
 * @param beginWalAnew between two commits
 */
export async function createCheckpointer(
  path: string,
  committing: readonly Pick<Db, 'query'>[],
  beginWalAnew: () => Promise<void>,
): Promise<Checkpointer> {
  for (const connection of committing) await connection.query('PRAGMA wal_autocheckpoint = 0')
  const db = await openThreadDb(path)
  let rows = 0
  let characters = 0
  let commits = 0
  let running = false
  let closed = false

  /** Best effort: what stays in the WAL is folded into the file with the next. */
  async function fold(): Promise<void> {
    running = true
    try {
      const [found] = await db.query<{ readonly log: number }>('PRAGMA wal_checkpoint(PASSIVE)')
      if (found && found.log > WAL_PAGES_MOST && !closed) await beginWalAnew()
    } catch {
    } finally {
      running = false
    }
  }

  return {
    written(moreRows, moreCharacters) {
      rows += moreRows
      characters += moreCharacters
      commits += 1
      const due = rows >= EVERY_ROWS || characters >= EVERY_CHARACTERS || commits >= EVERY_COMMITS
      if (running || closed || !due) return
      rows = 0
      commits = 0
      characters = 0
      void fold()
    },
    async close() {
      closed = true
      await fold()
      await db.close()
    },
  }
}
