import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { temporaryPath } from '../testing'
import { type Scripted, statement } from './db'
import { openDriverDb } from './driver-db'
import { openThreadDb } from './thread-db'

const ALWAYS = statement('SELECT 1')
const NUMBERS = 'SELECT value FROM Number ORDER BY value'
const inserting = (...values: readonly number[]) =>
  values.map((value) => statement('INSERT INTO Number VALUES (?)', value))
const numbers = (...values: readonly number[]) => values.map((value) => ({ value }))
const create = (db: Scripted) =>
  db.script(ALWAYS, [statement('CREATE TABLE Number (value INTEGER PRIMARY KEY)')])

describe.each([
  ['in a thread of its own', openThreadDb],
  ['here', openDriverDb],
])('a connection %s', (_, open) => {
  const fresh = async () => {
    const db = await open(temporaryPath())
    await create(db)
    return db
  }

  it('does what it is asked in that order, without waiting to be asked again', async () => {
    const db = await fresh()
    const asked = [1, 2, 3].map((value) => db.script(ALWAYS, inserting(value)))
    const rows = db.query(NUMBERS)
    expect(await Promise.all(asked)).toEqual([[1], [1], [1]])
    expect(await rows).toEqual(numbers(1, 2, 3))
    await db.close()
  })

  it('writes all statements of a script or none, and none where its guard finds no row', async () => {
    const db = await fresh()
    expect(await db.script(ALWAYS, [...inserting(1, 2), statement('DELETE FROM Number')])).toEqual([1, 1, 2])
    const again = db.script(ALWAYS, inserting(3, 4, 3))
    await expect(again).rejects.toMatchObject({ kind: 'unique' })
    expect(await db.script(statement('SELECT 1 WHERE ? > 1', 1), inserting(5))).toBeNull()
    expect(await db.script(ALWAYS, inserting(6))).toEqual([1])
    expect(await db.query(NUMBERS)).toEqual(numbers(6))
    await expect(db.query('SELECT nonsense')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    await db.close()
  })

  it('finishes what it was asked before it closes, and refuses what comes after', async () => {
    const db = await fresh()
    const asked = db.script(ALWAYS, inserting(1))
    await db.close()
    expect(await asked).toEqual([1])
    const gone = { code: 'STORE_UNAVAILABLE' }
    await expect(db.script(ALWAYS, inserting(2))).rejects.toMatchObject(gone)
    await expect(db.query(NUMBERS)).rejects.toMatchObject(gone)
  })

  it('has on disk what it says it wrote, after another program had the lock', async () => {
    const path = temporaryPath()
    const [db, other] = [await open(path), await openThreadDb(path)]
    await create(db)
    await other.execute('BEGIN IMMEDIATE')
    // Longer than anybody waits for it.
    await expect(db.script(ALWAYS, inserting(1))).rejects.toMatchObject({ kind: 'busy' })
    await other.execute('COMMIT')
    expect(await db.script(ALWAYS, inserting(2))).toEqual([1])
    expect(await other.query(NUMBERS)).toEqual(numbers(2))
    await other.script(ALWAYS, inserting(3))
    expect(await db.script(ALWAYS, inserting(1))).toEqual([1])
    expect(await other.query(NUMBERS)).toEqual(numbers(1, 2, 3))
    await Promise.all([db.close(), other.close()])
  })

  it('says of a file that is no database that it is damaged', async () => {
    const path = temporaryPath()
    writeFileSync(path, 'no database '.repeat(1_000))
    await expect(open(path)).rejects.toMatchObject({ code: 'STORE_DAMAGED' })
  })
})

it('has on disk what was written between BEGIN and COMMIT, after another program had the lock', async () => {
  const path = temporaryPath()
  const [db, other] = [await openThreadDb(path), await openThreadDb(path)]
  await create(db)
  const insert = (value: number) => db.execute('INSERT INTO Number VALUES (?)', value)
  await other.execute('BEGIN IMMEDIATE')
  const refused = await Promise.allSettled([insert(1), db.execute('BEGIN IMMEDIATE')])
  expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await other.execute('COMMIT')
  await db.execute('BEGIN IMMEDIATE')
  await insert(1)
  await db.execute('COMMIT')
  expect(await insert(2)).toBe(1)
  expect(await other.query(NUMBERS)).toEqual(numbers(1, 2))
  await Promise.all([db.close(), other.close()])
})
