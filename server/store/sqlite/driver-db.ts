import Database from 'libsql'
import { type Db, type SqlValue, setDurable, waitingForLock } from './db'
import { type SqliteFault, sqliteFault } from './sqlite-fault'

const CONTROL = /^(BEGIN|COMMIT|ROLLBACK)/

/**
 * A connection of libsql itself, the driver that Prisma's adapter has too, without the two between, and on this thread: for
 * what is read by the thousand, and for a commit that is waited for anyway. Its statements are few and come again and
 * again, so each is prepared once: nothing whose text depends on what somebody asked belongs here.
 * @throws {SqliteFault} when the file cannot be opened, is locked or damaged, or does not keep what it acknowledges
 */
export async function openDriverDb(
  path: string,
  onFault: (fault: SqliteFault) => void = () => {},
): Promise<Db> {
  let database: Database.Database
  try {
    database = new Database(path)
  } catch (error) {
    throw sqliteFault(error)
  }
  const prepared = new Map<string, Database.Statement>()
  let isClosed = false

  function statement(sql: string): Database.Statement {
    assertOpen()
    const held = prepared.get(sql)
    if (held) return held
    const made = database.prepare(sql)
    prepared.set(sql, made)
    return made
  }

  /** The driver takes the whole process down when it is asked for something later. */
  function assertOpen(): void {
    if (isClosed) throw new Error('the connection is closed')
  }

  /** The lock by itself, as in the writer's thread, whose `run` says why. */
  function run(sql: string, args: readonly SqlValue[]): number {
    assertOpen()
    if (CONTROL.test(sql)) {
      database.exec(sql)
      return 0
    }
    if (database.inTransaction) return statement(sql).run(args).changes
    database.exec('BEGIN IMMEDIATE')
    try {
      const { changes } = statement(sql).run(args)
      database.exec('COMMIT')
      return changes
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK')
      throw error
    }
  }

  const db: Db = {
    // What the rows are is known to who wrote the SQL, as with any connection.
    query: <Row>(sql: string, ...args: readonly SqlValue[]) =>
      waitingForLock(() => statement(sql).all(args) as Row[], onFault),
    execute: (sql, ...args) => waitingForLock(() => run(sql, args), onFault),
    async close() {
      isClosed = true
      prepared.clear()
      database.close()
    },
  }
  try {
    await setDurable(db)
    return db
  } catch (error) {
    await db.close()
    throw error
  }
}
