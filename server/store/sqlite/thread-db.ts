import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import { type Db, type Scripted, type SqlValue, type Statement, setDurable, waitingForLock } from './db'
import { type SqliteFault, sqliteFault } from './sqlite-fault'

type Question =
  | readonly ['all' | 'run', sql: string, args: readonly SqlValue[]]
  | readonly ['script', guard: Statement, statements: readonly Statement[]]
type Answer =
  | { readonly value: unknown }
  | { readonly error: { readonly message: string; readonly rawCode?: number } }

/**
 * The writer's connection: libsql itself, without Prisma and its adapter, in a thread of its own. A commit of two events
 * takes about 0.1 ms of CPU this way and 0.35 through Prisma, and nothing here waits for what it does, nor for its fsync:
 * what is decided meanwhile is the next commit. The way there and back takes 0.01 to 0.09 ms. Statements are prepared once,
 * and kept. Should the thread ever die by itself, the process dies with it: all that was acknowledged is on disk.
 * @throws {SqliteFault} when the file cannot be opened, is locked or damaged, or does not keep what it acknowledges
 */
export async function openThreadDb(
  path: string,
  onFault: (fault: SqliteFault) => void = () => {},
): Promise<Db & Scripted> {
  const worker = new Worker(THREAD, {
    eval: true,
    workerData: { path, libsql: createRequire(import.meta.url).resolve('libsql') },
  })
  // It answers in the order in which it is asked.
  const asked: { readonly resolve: (value: unknown) => void; readonly reject: (error: unknown) => void }[] =
    []
  let isClosing = false
  let gone: Error | undefined
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))

  worker.on('message', (answer: Answer) => {
    const question = asked.shift()
    if (asked.length === 0 && !isClosing) worker.unref()
    if ('error' in answer) question?.reject(answer.error)
    else question?.resolve(answer.value)
  })
  worker.once('exit', () => {
    gone = new Error('the connection is closed')
  })
  worker.unref()

  function ask<T>(...question: Question): Promise<T> {
    if (gone || isClosing) return Promise.reject(gone ?? new Error('the connection is closing'))
    return new Promise<unknown>((resolve, reject) => {
      // It keeps the process alive while somebody waits for it, and not otherwise.
      if (asked.length === 0) worker.ref()
      asked.push({ resolve, reject })
      worker.postMessage(question)
      // What comes of SQL is known to who wrote it, as with any connection.
    }) as Promise<T>
  }

  const db: Db & Scripted = {
    query: <Row>(sql: string, ...args: readonly SqlValue[]) =>
      waitingForLock(() => ask<readonly Row[]>('all', sql, args), onFault),
    execute: (sql, ...args) => waitingForLock(() => ask<number>('run', sql, args), onFault),
    script: (guard, statements) => waitingForLock(() => ask('script', guard, statements), onFault),
    async close() {
      // Never terminated: the driver takes the whole process down when that strikes it in the middle of a call.
      isClosing = true
      worker.ref()
      worker.postMessage('close')
      await exited
    },
  }
  try {
    await setDurable(db)
    return db
  } catch (error) {
    await db.close()
    throw sqliteFault(error)
  }
}

/** Plain CommonJS in a string, so that it is the same in source and in a bundle. */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads')
const Database = require(workerData.libsql)
const prepared = new Map()
let database
function statement(sql) {
  let held = prepared.get(sql)
  if (!held) prepared.set(sql, (held = database.prepare(sql)))
  return held
}
const CONTROL = /^(BEGIN|COMMIT|ROLLBACK)/
// A prepared statement that does not get the lock stays under way, and while it does, nothing that comes after it on this
// connection is committed, though each says that it is done. So the lock is taken by itself, by a statement that is
// thrown away: no prepared one is ever without it.
function run(sql, args) {
  if (CONTROL.test(sql)) {
    database.exec(sql)
    return 0
  }
  if (database.inTransaction) return statement(sql).run(args).changes
  return transaction(() => statement(sql).run(args).changes)
}
function script(guard, statements) {
  return transaction(() => {
    if (statement(guard.sql).all(guard.args).length === 0) return null
    return statements.map(({ sql, args }) => statement(sql).run(args).changes)
  })
}
function transaction(work) {
  database.exec('BEGIN IMMEDIATE')
  try {
    const changes = work()
    database.exec('COMMIT')
    return changes
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK')
    throw error
  }
}
const DO = { all: (sql, args) => statement(sql).all(args), run, script }
parentPort.on('message', (message) => {
  if (message === 'close') {
    prepared.clear()
    database?.close()
    parentPort.close()
    return
  }
  const [kind, first, second] = message
  try {
    // With the first statement: what is wrong with the file is then that statement's error.
    database ??= new Database(workerData.path)
    parentPort.postMessage({ value: DO[kind](first, second) })
  } catch (error) {
    parentPort.postMessage({ error: { message: String(error.message), rawCode: error.rawCode } })
  }
})
`
