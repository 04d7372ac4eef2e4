import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { temporaryPath } from '../testing'
import { openDriverDb } from './driver-db'
import { openThreadDb } from './thread-db'

describe.each([
  ['in a thread of its own', openThreadDb],
  ['here', openDriverDb],
])('a connection %s', (_, open) => {
  const fresh = async () => {
    const db = await open(temporaryPath())
    await db.execute('CREATE TABLE Number (value INTEGER PRIMARY KEY)')
    return db
  }

  it('does what it is asked in that order, without waiting to be asked again', async () => {
    const db = await fresh()
    const asked = [1, 2, 3].map((value) => db.execute('INSERT INTO Number VALUES (?)', value))
    const rows = db.query<{ readonly value: number }>('SELECT value FROM Number ORDER BY value')
    expect(await Promise.all(asked)).toEqual([1, 1, 1])
    expect(await rows).toEqual([{ value: 1 }, { value: 2 }, { value: 3 }])
    await db.close()
  })

  it('gives the fault of the statement at fault, and goes on with the next', async () => {
    const db = await fresh()
    const [first, again, next] = await Promise.allSettled(
      [1, 1, 2].map((value) => db.execute('INSERT INTO Number VALUES (?)', value)),
    )
    expect([first, next]).toEqual([1, 1].map((value) => ({ status: 'fulfilled', value })))
    expect(again).toMatchObject({ status: 'rejected', reason: { kind: 'unique' } })
    await expect(db.query('SELECT nonsense')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    await db.close()
  })

  it('finishes what it was asked before it closes, and refuses what comes after', async () => {
    const db = await fresh()
    const asked = db.execute('INSERT INTO Number VALUES (1)')
    await db.close()
    expect(await asked).toBe(1)
    await expect(db.execute('INSERT INTO Number VALUES (2)')).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    })
  })

  it('has on disk what it says it wrote, after another program had the lock', async () => {
    const path = temporaryPath()
    const [db, other] = [await open(path), await open(path)]
    await db.execute('CREATE TABLE Number (value INTEGER PRIMARY KEY)')
    const insert = (value: number) => db.execute('INSERT INTO Number VALUES (?)', value)
    const seen = () => other.query('SELECT value FROM Number ORDER BY value')
    await other.execute('BEGIN IMMEDIATE')
    // Longer than anybody waits for it: both are given up.
    const refused = await Promise.allSettled([insert(1), db.execute('BEGIN IMMEDIATE')])
    expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await other.execute('COMMIT')
    expect(await insert(2)).toBe(1)
    expect(await seen()).toEqual([{ value: 2 }])
    await other.execute('INSERT INTO Number VALUES (3)')
    await db.execute('BEGIN IMMEDIATE')
    await insert(1)
    await db.execute('COMMIT')
    expect(await seen()).toEqual([{ value: 1 }, { value: 2 }, { value: 3 }])
    await Promise.all([db.close(), other.close()])
  })

  it('says of a file that is no database that it is damaged', async () => {
    const path = temporaryPath()
    writeFileSync(path, 'no database '.repeat(1_000))
    await expect(open(path)).rejects.toMatchObject({ code: 'STORE_DAMAGED' })
  })
})
