import { setTimeout as pause } from 'node:timers/promises'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import { PrismaClient } from '../generated/client'
import { SqliteFault, sqliteFault } from './sqlite-fault'

export type SqlValue = string | number | null

/** One connection to the file. Statements run one after the other. */
export interface Db {
  /** @throws {SqliteFault} */
  query<Row>(sql: string, ...args: readonly SqlValue[]): Promise<readonly Row[]>
  /** @returns how many rows it wrote @throws {SqliteFault} */
  execute(sql: string, ...args: readonly SqlValue[]): Promise<number>
  close(): Promise<void>
}

/** Some SQL and what it is given. */
export interface Statement {
  readonly sql: string
  readonly args: readonly SqlValue[]
}

export const statement = (sql: string, ...args: readonly SqlValue[]): Statement => ({ sql, args })

/** A connection that writes what is known beforehand. */
export interface Scripted {
  /**
   * Runs the statements in one transaction: all of them or none.
   * @param guard nothing is done when it finds no row
   * @returns how many rows each wrote; null where the guard found none @throws {SqliteFault}
   */
  script(guard: Statement, statements: readonly Statement[]): Promise<readonly number[] | null>
}

/** How long a statement waits for another program's lock before it gives up. */
const LOCK_PATIENCE_MS = 2_000
const LOCK_PAUSES_MS = { first: 1, most: 20 }

/**
 * Opens a connection with a PrismaClient of its own: for what is read.
 *
 * Never call `$transaction` on it: the libsql client gives its connection to the transaction and opens another
 * one afterwards, without the pragmas set here. Transactions are `BEGIN IMMEDIATE` and `COMMIT` by the one writer.
 * @param onFault told of every statement that failed, after its lock was waited for
 * @throws {SqliteFault} when the file cannot be opened, is locked or damaged, or does not keep what it acknowledges
 */
export async function openDb(url: string, onFault: (fault: SqliteFault) => void = () => {}): Promise<Db> {
  let prisma: PrismaClient
  try {
    prisma = new PrismaClient({ adapter: new PrismaLibSql({ url }), errorFormat: 'minimal' })
  } catch (error) {
    throw sqliteFault(error)
  }
  const db: Db = {
    query: (sql, ...args) => waitingForLock(() => prisma.$queryRawUnsafe(sql, ...args), onFault),
    execute: (sql, ...args) => waitingForLock(() => prisma.$executeRawUnsafe(sql, ...args), onFault),
    close: () => prisma.$disconnect(),
  }
  try {
    await setDurable(db)
    return db
  } catch (error) {
    await db.close()
    throw error
  }
}

/** Acknowledged means on disk: WAL with an fsync at every commit. Said, then read back. */
export async function setDurable(db: Pick<Db, 'query'>): Promise<void> {
  const [journal] = await db.query<{ journal_mode: string }>('PRAGMA journal_mode = WAL')
  await db.query('PRAGMA synchronous = FULL')
  const [synchronous] = await db.query<{ synchronous: number }>('PRAGMA synchronous')
  if (journal?.journal_mode !== 'wal' || synchronous?.synchronous !== 2) {
    const found = `journal_mode ${journal?.journal_mode}, synchronous ${synchronous?.synchronous}`
    throw new SqliteFault('other', new Error(`expected wal and 2 (FULL), found ${found}`))
  }
}

/** A lock is waited for here and not in SQLite, whose busy timeout would stop the whole process meanwhile. */
export async function waitingForLock<T>(
  work: () => T | Promise<T>,
  onFault: (fault: SqliteFault) => void,
): Promise<T> {
  const giveUpAt = performance.now() + LOCK_PATIENCE_MS
  for (let pauseMs = LOCK_PAUSES_MS.first; ; pauseMs = Math.min(pauseMs * 2, LOCK_PAUSES_MS.most)) {
    try {
      return await work()
    } catch (error) {
      const fault = sqliteFault(error)
      if (fault.kind !== 'busy' || performance.now() > giveUpAt) {
        onFault(fault)
        throw fault
      }
      await pause(pauseMs)
    }
  }
}
