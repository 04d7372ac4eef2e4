import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import { WorkbenchError } from '@/core/errors'
import type { Db } from './db'
import { sqliteFault } from './sqlite-fault'

export interface Migration {
  readonly name: string
  readonly sql: string
  /** sha256 of the file, as Prisma's own tools compute it. */
  readonly checksum: string
}

interface AppliedRow {
  readonly migration_name: string
  readonly checksum: string
  readonly finished: number
  readonly rolled_back: number
}

/**
 * The migrations on disk, in the order of their names.
 * @param directory default: the nearest `prisma/migrations` above this code, as source or as a bundle
 */
export function readMigrations(directory = findMigrations()): readonly Migration[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(directory, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

function findMigrations(): string {
  let above = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(above, 'prisma/migrations'))) {
    const next = dirname(above)
    if (next === above) throw new WorkbenchError('MIGRATION_FAILED', 'There is no folder prisma/migrations.')
    above = next
  }
  return join(above, 'prisma/migrations')
}

/**
 * Brings the database to the newest migration, each in one transaction with its record in `_prisma_migrations`,
 * where Prisma's own tools find it.
 * @returns the names of those applied now
 * @throws {WorkbenchError} MIGRATION_EDITED, MIGRATION_FAILED: nothing of the one named is in the database
 */
export async function migrate(
  db: Db,
  url: string,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  await db.execute(CREATE_RECORD)
  const applied = await db.query<AppliedRow>(SELECT_RECORD)
  for (const row of applied) checkApplied(row, migrations)
  const names = new Set(applied.filter((row) => !row.rolled_back).map((row) => row.migration_name))
  const pending = migrations.filter(({ name }) => !names.has(name))
  if (pending.length > 0) await applyAll(url, pending)
  return pending.map(({ name }) => name)
}

function checkApplied(row: AppliedRow, migrations: readonly Migration[]): void {
  if (row.rolled_back) return
  const name = row.migration_name
  const migration = migrations.find((one) => one.name === name)
  if (!migration) {
    const advice = 'the database was made by a newer version; start that one'
    throw new WorkbenchError('MIGRATION_EDITED', `Migration ${name} is not here: ${advice}.`, {
      migration: name,
    })
  }
  if (!row.finished) {
    const advice = 'restore the database from a copy, or finish it by hand and set finished_at'
    throw new WorkbenchError('MIGRATION_FAILED', `Migration ${name} failed half-way: ${advice}.`, {
      migration: name,
    })
  }
  if (row.checksum !== migration.checksum) {
    const advice = 'put the file back as it was and write a new migration'
    throw new WorkbenchError(
      'MIGRATION_EDITED',
      `Migration ${name} was edited after it was applied: ${advice}.`,
      {
        migration: name,
      },
    )
  }
}

/** A connection of its own: only the adapter runs whole scripts, and it rolls back when one fails. */
async function applyAll(url: string, pending: readonly Migration[]): Promise<void> {
  const adapter = await new PrismaLibSql({ url }).connect()
  try {
    for (const migration of pending) {
      await adapter.executeScript(scriptOf(migration)).catch((cause) => {
        throw failed(migration.name, cause)
      })
    }
  } finally {
    await adapter.dispose()
  }
}

function scriptOf({ name, sql, checksum }: Migration): string {
  const record = [randomUUID(), checksum, name].map((text) => `'${text.replaceAll("'", "''")}'`).join(', ')
  return `BEGIN IMMEDIATE;\n${sql}\n;INSERT INTO "_prisma_migrations"
    ("id", "checksum", "migration_name", "finished_at", "applied_steps_count")
    VALUES (${record}, current_timestamp, 1);\nCOMMIT;`
}

function failed(migration: string, cause: unknown): WorkbenchError {
  const fault = sqliteFault(cause)
  if (fault.kind === 'busy' || fault.kind === 'full' || fault.kind === 'damaged') return fault
  const why = cause instanceof Error ? cause.message : String(cause)
  const message = `Migration ${migration} failed and nothing of it was kept: ${why}`
  return new WorkbenchError('MIGRATION_FAILED', message, { migration }, { cause })
}

/** As Prisma creates it. */
const CREATE_RECORD = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`
const SELECT_RECORD = `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished,
  rolled_back_at IS NOT NULL AS rolled_back FROM "_prisma_migrations" ORDER BY started_at, migration_name`
