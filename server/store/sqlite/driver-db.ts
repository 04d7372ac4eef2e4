import Database from 'libsql'
import { type Db, type SqlValue, setDurable, waitingForLock } from './db'
import { type SqliteFault, sqliteFault } from './sqlite-fault'

export type Reader = Pick<Db, 'query' | 'close'>

/**
 * A connection of libsql itself, the driver that Prisma's adapter has too, without the two between: for what is read by
 * the thousand. Its statements are few and come again and again, so each is prepared once: nothing whose text depends on
 * what somebody asked belongs here.
 * @throws {SqliteFault} when the file cannot be opened, is locked or damaged, or does not keep what it acknowledges
 */
export async function openDriverDb(
  path: string,
  onFault: (fault: SqliteFault) => void = () => {},
): Promise<Reader> {
  let database: Database.Database
  try {
    database = new Database(path)
  } catch (error) {
    throw sqliteFault(error)
  }
  const prepared = new Map<string, Database.Statement>()

  function statement(sql: string): Database.Statement {
    const held = prepared.get(sql)
    if (held) return held
    const made = database.prepare(sql)
    prepared.set(sql, made)
    return made
  }

  const db: Reader = {
    // What the rows are is known to who wrote the SQL, as with any connection.
    query: <Row>(sql: string, ...args: readonly SqlValue[]) =>
      waitingForLock(() => statement(sql).all(args) as Row[], onFault),
    async close() {
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
