import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { counter, events, positionsOf, temporaryPath } from '../testing'
import type { Db } from './db'
import { openDriverDb } from './driver-db'
import { openSqliteStore } from './open'
import { openThreadDb } from './thread-db'
import { createWritePlace } from './write-place'

/** A place on a real file, with a list of where each write was made. */
async function watched(aloneInARow: number, delayHereMs = 0) {
  const path = temporaryPath()
  await (await openSqliteStore({ path })).close()
  const made: ('here' | 'thread')[] = []
  const [here, thread] = [await openDriverDb(path), await openThreadDb(path)]
  const [lease] = await thread.query<{ readonly token: number }>('SELECT token FROM Lease')
  const noting = (db: Db, where: 'here' | 'thread', delayMs: number): Db => ({
    ...db,
    async execute(sql, ...args) {
      made.push(where)
      if (delayMs > 0) await pause(delayMs)
      return await db.execute(sql, ...args)
    },
  })
  const place = createWritePlace(noting(here, 'here', delayHereMs), noting(thread, 'thread', 0), aloneInARow)
  let position = 0
  const insert = (appends: number, data = 'null') => {
    position += 1
    const row = [position, 'd', 's', position, 'Happened', data, `m${position}`, 'c', 'c', null, 1, 0]
    return place.insert(appends, JSON.stringify([row]), lease?.token ?? 0)
  }
  return {
    place,
    insert,
    made,
    rows: () => here.query<{ readonly count: number }>('SELECT count(*) AS count FROM Event'),
    async close() {
      await here.close()
      await thread.close()
    },
  }
}

it('writes here what comes alone and has come alone for a while, and in the thread what comes together', async () => {
  const { place, insert, made, rows, close } = await watched(2)
  for (const appends of [1, 1, 1, 1, 2, 1, 1, 1]) expect(await insert(appends)).toBe(1)
  const thread = 'thread'
  expect(made).toEqual([thread, thread, 'here', 'here', thread, thread, thread, 'here'])
  await insert(1, JSON.stringify('x'.repeat(100_000)))
  const brief = (db: Db) => db.execute('UPDATE Event SET schemaVersion = 2 WHERE position = 1')
  await place.transaction(true, brief)
  await place.transaction(false, brief)
  expect(made.slice(8)).toEqual([thread, 'here', thread])
  expect(await rows()).toEqual([{ count: 9 }])
  await close()
})

it('goes back to the thread when somebody stood still for long', async () => {
  const { insert, made, close } = await watched(0, 20)
  await insert(1)
  await insert(1)
  expect(made).toEqual(['here', 'here'])
  await close()
})

it('writes in the thread while a checkpoint is under way there', async () => {
  const { place, insert, made, close } = await watched(1)
  await insert(1)
  const folding = place.checkpoint('RESTART')
  await insert(1)
  await folding
  await insert(1)
  expect(made).toEqual(['thread', 'thread', 'here'])
  await close()
})

it('loses nothing and gives out no position twice, however the two take turns', async () => {
  const path = temporaryPath()
  const store = await openSqliteStore({ path, aloneInARow: 1 })
  const next = counter()
  const append = (streamId: string) =>
    store.events.append([{ designId: 'd', streamId, expectedVersion: 'any', events: events(next, 2) }])
  for (let round = 0; round < 40; round += 1) {
    for (let alone = 0; alone < 3; alone += 1) await append('alone')
    await Promise.all([
      ...['a', 'b', 'c'].map(append),
      store.marks.write('traces', round),
      store.snapshots.save('d', 's', 'h', { version: round + 1, state: round }),
    ])
  }
  await store.close()
  const again = await openSqliteStore({ path })
  expect(positionsOf(await again.events.readAll(0, { limit: 1_000 }))).toEqual(
    Array.from({ length: 40 * 6 * 2 }, (_, index) => index + 1),
  )
  expect(await again.marks.read('traces')).toBe(39)
  expect(await again.snapshots.load('d', 's', 'h')).toMatchObject({ state: 39 })
  await again.close()
})
