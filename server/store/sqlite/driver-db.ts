import { type Db, type Scripted, type SqlValue, setDurable, waitingForLock } from './db'
import { Driver } from './driver'
import { type SqliteFault, sqliteFault } from './sqlite-fault'

export type DriverDb = Pick<Db, 'query' | 'close'> & Scripted

/**
 * A connection on this thread: for what is read by the thousand, and for a commit that is waited for anyway.
 * @throws {SqliteFault} when the file cannot be opened, is locked or damaged, or does not keep what it acknowledges
 */
export async function openDriverDb(
  path: string,
  onFault: (fault: SqliteFault) => void = () => {},
): Promise<DriverDb> {
  let driver: Driver
  try {
    driver = new Driver(path)
  } catch (error) {
    throw sqliteFault(error)
  }
  const db: DriverDb = {
    // What the rows are is known to who wrote the SQL, as with any connection.
    query: <Row>(sql: string, ...args: readonly SqlValue[]) =>
      waitingForLock(() => driver.query(sql, args) as readonly Row[], onFault),
    script: (guard, statements) => waitingForLock(() => driver.script(guard, statements), onFault),
    close: async () => driver.close(),
  }
  try {
    await setDurable(db)
    return db
  } catch (error) {
    await db.close()
    throw error
  }
}
