import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import type { Db } from './db'
import type { WritePlace } from './write-place'

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
  /** Folds the WAL into the file and ends the thread. */
  close(): Promise<void>
}

/**
 * Takes checkpoints off the writer: SQLite would otherwise take one inside the commit that fills the thousandth
 * page. They run in a thread with a connection of their own, beside the commits.
 */
export async function createCheckpointer(
  path: string,
  writers: readonly Pick<Db, 'query'>[],
  place: WritePlace,
): Promise<Checkpointer> {
  const everyPages = (pages: number) =>
    Promise.all(writers.map((db) => db.query(`PRAGMA wal_autocheckpoint = ${pages}`)))
  await everyPages(0)
  const worker = new Worker(THREAD, {
    eval: true,
    workerData: { path, libsql: createRequire(import.meta.url).resolve('libsql') },
  })
  // The thread must not keep a process alive that has nothing else to do.
  worker.unref()
  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  let rows = 0
  let characters = 0
  let commits = 0
  let running = false
  let closed = false
  let ended = false

  worker.on('message', ({ pages }: { readonly pages: number }) => {
    running = false
    if (pages > WAL_PAGES_MOST && !closed) void place.checkpoint('RESTART')
  })
  worker.on('error', (error) => {
    ended = true
    process.emitWarning(error)
    // Without the thread SQLite does it itself, inside a commit now and then.
    if (!closed) void everyPages(1_000).catch(() => [])
  })

  return {
    written(moreRows, moreCharacters) {
      rows += moreRows
      characters += moreCharacters
      commits += 1
      const due = rows >= EVERY_ROWS || characters >= EVERY_CHARACTERS || commits >= EVERY_COMMITS
      if (running || ended || !due) return
      rows = 0
      commits = 0
      characters = 0
      running = true
      worker.postMessage('checkpoint')
    },
    async close() {
      closed = true
      // Never terminated: the driver takes the whole process down when that strikes it in the middle of a call.
      worker.ref()
      worker.postMessage('close')
      await gone
      await place.checkpoint('PASSIVE')
    },
  }
}

/** Plain CommonJS in a string, so that it is the same in source and in a bundle. */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads')
const Database = require(workerData.libsql)
const db = new Database(workerData.path)
parentPort.on('message', (what) => {
  if (what === 'close') {
    db.close()
    parentPort.close()
    return
  }
  let pages = 0
  try {
    pages = db.prepare('PRAGMA wal_checkpoint(PASSIVE)').all()[0].log
  } catch {}
  parentPort.postMessage({ pages })
})
`
