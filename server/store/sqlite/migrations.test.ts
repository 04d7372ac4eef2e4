import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { temporaryPath } from '../testing'
import { type Db, openDb } from './db'
import { migrate, readMigrations } from './migrations'
import { openSqliteStore } from './open'

const root = new URL('../../../', import.meta.url).pathname
const run = promisify(execFile)

function directory(scripts: Readonly<Record<string, string>>): string {
  const path = mkdtempSync(join(tmpdir(), 'saga-migrations-'))
  for (const [name, sql] of Object.entries(scripts)) {
    mkdirSync(join(path, name))
    writeFileSync(join(path, name, 'migration.sql'), sql)
  }
  return path
}

async function database<T>(use: (db: Db, apply: (path: string) => Promise<readonly string[]>) => Promise<T>) {
  const url = `file:${temporaryPath()}`
  const db = await openDb(url)
  try {
    return await use(db, (path) => migrate(db, url, readMigrations(path)))
  } finally {
    await db.close()
  }
}

const tables = async (db: Db) =>
  (
    await db.query<{ name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> '_prisma_migrations' ORDER BY name",
    )
  ).map(({ name }) => name)

describe('the migrations', () => {
  const diff = (...args: readonly string[]) =>
    run(process.execPath, [join(root, 'scripts/migration-diff.mjs'), ...args], { cwd: root })

  it('make exactly what schema.prisma says', async () => {
    expect((await diff()).stdout).toBe('')
  })

  it('are told apart from a schema with one column more', async () => {
    const schema = readFileSync(join(root, 'prisma/schema.prisma'), 'utf8')
    const changed = join(dirname(temporaryPath()), 'schema.prisma')
    writeFileSync(changed, schema.replace('model Mark {', 'model Mark {\n  extra String?'))
    expect((await diff(changed)).stdout).toContain('ALTER TABLE "Mark" ADD COLUMN "extra" TEXT')
  })
})

describe('the migration runner', () => {
  const first = { '0001_a': 'CREATE TABLE a (x);\n-- a comment; with a semicolon\nCREATE TABLE b (x);' }

  it('applies what is missing, in order, once', () =>
    database(async (db, apply) => {
      expect(await apply(directory(first))).toEqual(['0001_a'])
      const both = directory({ ...first, '0002_c': 'ALTER TABLE a RENAME TO c' })
      expect(await apply(both)).toEqual(['0002_c'])
      expect(await apply(both)).toEqual([])
      expect(await tables(db)).toEqual(['b', 'c'])
    }))

  it('records each as Prisma does', () =>
    database(async (db, apply) => {
      await apply(directory(first))
      const record =
        'SELECT migration_name, checksum, applied_steps_count, finished_at IS NULL AS open FROM _prisma_migrations'
      const [{ checksum } = { checksum: '' }] = readMigrations(directory(first))
      expect(await db.query(record)).toEqual([
        { migration_name: '0001_a', checksum, applied_steps_count: 1, open: 0 },
      ])
    }))

  it('refuses an edited migration, naming it', () =>
    database(async (_, apply) => {
      await apply(directory(first))
      const edited = apply(directory({ '0001_a': 'CREATE TABLE other (x)' }))
      await expect(edited).rejects.toMatchObject({
        code: 'MIGRATION_EDITED',
        details: { migration: '0001_a' },
      })
    }))

  it('refuses a database that knows a migration which is not here', () =>
    database(async (_, apply) => {
      await apply(directory({ ...first, '0002_newer': 'CREATE TABLE n (x)' }))
      const older = apply(directory(first))
      await expect(older).rejects.toMatchObject({
        code: 'MIGRATION_EDITED',
        details: { migration: '0002_newer' },
      })
    }))

  it('keeps nothing of a migration that fails, names it, and goes on when it is mended', () =>
    database(async (db, apply) => {
      const broken = { ...first, '0002_b': 'CREATE TABLE c (x); INSERT INTO nope VALUES (1)' }
      const failing = apply(directory(broken))
      await expect(failing).rejects.toMatchObject({
        code: 'MIGRATION_FAILED',
        details: { migration: '0002_b' },
      })
      await expect(failing).rejects.toThrow(/0002_b.*nope/s)
      expect(await tables(db)).toEqual(['a', 'b'])
      expect(await apply(directory({ ...first, '0002_b': 'CREATE TABLE c (x)' }))).toEqual(['0002_b'])
    }))

  it('refuses a migration that another tool left half-way', () =>
    database(async (db, apply) => {
      await apply(directory(first))
      await db.execute('UPDATE _prisma_migrations SET finished_at = NULL')
      const again = apply(directory(first))
      await expect(again).rejects.toMatchObject({
        code: 'MIGRATION_FAILED',
        details: { migration: '0001_a' },
      })
      await db.execute('UPDATE _prisma_migrations SET rolled_back_at = current_timestamp')
      await db.execute('DROP TABLE a')
      await db.execute('DROP TABLE b')
      expect(await apply(directory(first))).toEqual(['0001_a'])
    }))

  it('does not let the store open on an edited migration', async () => {
    const path = temporaryPath()
    await (await openSqliteStore({ path })).close()
    const db = await openDb(`file:${path}`)
    await db.execute("UPDATE _prisma_migrations SET checksum = 'edited'")
    await db.close()
    await expect(openSqliteStore({ path })).rejects.toMatchObject({ code: 'MIGRATION_EDITED' })
  })
})
