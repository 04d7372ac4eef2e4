import { createRequire } from 'node:module'
import { openSqliteStore } from '@/server/store/sqlite/open'

/** The same SQLite as the store's, without Prisma. */
export interface RawDatabase {
  exec(sql: string): void
  prepare(sql: string): { run(args: readonly unknown[]): unknown; get(): unknown }
  close(): void
}

export const INSERT_EVENT = 'INSERT INTO Event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'

/** A new database with the store's own tables and indexes, as durable as the store's: WAL, an fsync at every commit. */
export async function openRaw(path: string): Promise<RawDatabase> {
  await (await openSqliteStore({ path })).close()
  const adapter = createRequire(import.meta.url).resolve('@prisma/adapter-libsql')
  const client = createRequire(adapter).resolve('@libsql/client')
  const Database: new (file: string) => RawDatabase = createRequire(client)('libsql')
  const db = new Database(path)
  db.prepare('PRAGMA journal_mode = WAL').get()
  db.prepare('PRAGMA synchronous = FULL').get()
  return db
}
