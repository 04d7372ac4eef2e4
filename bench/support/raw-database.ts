import Database from 'libsql'
import { openSqliteStore } from '@/server/store/sqlite/open'

/** The same SQLite as the store's, without Prisma. */
export interface RawDatabase {
  exec(sql: string): void
  prepare(sql: string): {
    run(args: readonly unknown[]): unknown
    all(args: readonly unknown[]): readonly unknown[]
  }
  close(): void
}

export const INSERT_EVENT = 'INSERT INTO Event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'

/** A new database with the store's own tables and indexes, as durable as the store's: WAL, an fsync at every commit. */
export async function openRaw(path: string): Promise<RawDatabase> {
  await (await openSqliteStore({ path })).close()
  const db = new Database(path)
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  return db
}
