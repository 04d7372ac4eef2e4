import Database from 'libsql'
import { type Db, type Scripted, type SqlValue, type Statement, setDurable, waitingForLock } from './db'
import { type SqliteFault, sqliteFault } from './sqlite-fault'

export type Driver = Pick<Db, 'query' | 'close'> & Scripted

/**
 * A connection of libsql itself, the driver that Prisma's adapter has too, without the two between, and on this thread: for
 * what is read by the thousand, and for a commit that is waited for anyway. Its statements are few and come again and
 * again, so each is prepared once: nothing whose text depends on what somebody asked belongs here.
 * @throws {SqliteFault} when the file cannot be opened, is locked or damaged, or does not keep what it acknowledges
 */
export async function openDriverDb(
  path: string,
  onFault: (fault: SqliteFault) => void = () => {},
): Promise<Driver> {
  let database: Database.Database
  try {
    database = new Database(path)
  } catch (error) {
    throw sqliteFault(error)
  }
  const held = new Map<string, Database.Statement>()
  let isClosed = false

  function prepared(sql: string): Database.Statement {
    assertOpen()
    const known = held.get(sql)
    if (known) return known
    const made = database.prepare(sql)
    held.set(sql, made)
    return made
  }

  /** The driver takes the whole process down when it is asked for something later. */
  function assertOpen(): void {
    if (isClosed) throw new Error('the connection is closed')
  }

  /** The lock by itself, as in the writer's thread, which says why. */
  function script(guard: Statement, statements: readonly Statement[]): readonly number[] | null {
    assertOpen()
    database.exec('BEGIN IMMEDIATE')
    try {
      const isGuarded = prepared(guard.sql).all(guard.args).length > 0
      const changes = isGuarded ? statements.map(({ sql, args }) => prepared(sql).run(args).changes) : null
      database.exec('COMMIT')
      return changes
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK')
      throw error
    }
  }

  const db: Driver = {
    // What the rows are is known to who wrote the SQL, as with any connection.
    query: <Row>(sql: string, ...args: readonly SqlValue[]) =>
      waitingForLock(() => prepared(sql).all(args) as Row[], onFault),
    script: (guard, statements) => waitingForLock(() => script(guard, statements), onFault),
    async close() {
      isClosed = true
      held.clear()
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
