import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { counter, events, positionsOf, temporaryPath } from '../testing'
import type { Db } from './db'
import { openDriverDb } from './driver-db'
import { openSqliteStore } from './open'
import { openThreadDb } from './thread-db'
import { createWritePlace } from './write-place'

/** A place on a real file, with a list of where each write was made. */
async function watched(rowsHere: number, { hereMs = 0, queryMs = 0 } = {}) {
  const path = temporaryPath()
  await (await openSqliteStore({ path })).close()
  const made: ('here' | 'thread')[] = []
  const [here, thread] = [await openDriverDb(path), await openThreadDb(path)]
  const [lease] = await thread.query<{ readonly token: number }>('SELECT token FROM Lease')
  const noting = (db: Db, where: 'here' | 'thread', delayMs: number): Db => ({
    ...db,
    async query(sql, ...args) {
      await pause(queryMs)
      return await db.query(sql, ...args)
    },
    async execute(sql, ...args) {
      made.push(where)
      if (delayMs > 0) await pause(delayMs)
      return await db.execute(sql, ...args)
    },
  })
  const place = createWritePlace(noting(here, 'here', hereMs), noting(thread, 'thread', 0), rowsHere)
  let position = 0
  const insert = (count: number, data = 'null') => {
    const rows = Array.from({ length: count }, () => {
      position += 1
      return [position, 'd', 's', position, 'Happened', data, `m${position}`, 'c', 'c', null, 1, 0]
    })
    return place.insert(count, JSON.stringify(rows), lease?.token ?? 0)
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

const brief = (db: Db) => db.execute('UPDATE Event SET schemaVersion = 2 WHERE position = 1')
const times = <T>(count: number, one: T): readonly T[] => Array.from({ length: count }, () => one)

it('writes a small commit here, a large one and some after it in the thread', async () => {
  const { place, insert, made, rows, close } = await watched(3)
  for (const count of [1, 3, 4, ...times(16, 1)]) expect(await insert(count)).toBe(count)
  expect(made).toEqual(['here', 'here', ...times(16, 'thread'), 'here'])
  await insert(1, JSON.stringify('x'.repeat(200_000)))
  expect(made.at(-1)).toBe('thread')
  expect(await rows()).toEqual([{ count: 25 }])
  await place.transaction(true, brief)
  expect(made.at(-1)).toBe('thread')
  await close()
})

it('runs here what is brief, and in the thread what may be long', async () => {
  const { place, made, close } = await watched(3)
  await place.transaction(true, brief)
  await place.transaction(false, brief)
  expect(made).toEqual(['here', 'thread'])
  await close()
})

it('goes to the thread for a while when somebody stood still for long', async () => {
  const { insert, made, close } = await watched(3, { hereMs: 20 })
  for (const count of times(66, 1)) await insert(count)
  expect(made).toEqual(['here', ...times(64, 'thread'), 'here'])
  await close()
})

it('writes in the thread while a checkpoint is under way there', async () => {
  const { place, insert, made, close } = await watched(3, { queryMs: 50 })
  await insert(4)
  for (const count of times(14, 1)) await insert(count)
  const folding = place.checkpoint('RESTART')
  await insert(1)
  await insert(1)
  await folding
  await insert(1)
  expect(made.slice(-3)).toEqual(['thread', 'thread', 'here'])
  await close()
})

it('loses nothing and gives out no position twice, however the two take turns', async () => {
  const path = temporaryPath()
  const store = await openSqliteStore({ path, rowsHere: 4 })
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
