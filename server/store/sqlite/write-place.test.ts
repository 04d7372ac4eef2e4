import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { counter, events, positionsOf, temporaryPath } from '../testing'
import { statement } from './db'
import { type DriverDb, openDriverDb } from './driver-db'
import { openSqliteStore } from './open'
import { openThreadDb } from './thread-db'
import { createWritePlace } from './write-place'

const ALWAYS = statement('SELECT 1')

/** A place on a real file, with a list of where each write was made. */
async function watched(
  charactersHere: number,
  { hereMs = 0, queryMs = 0, mostMsHere = Number.POSITIVE_INFINITY } = {},
) {
  const path = temporaryPath()
  const made: ('here' | 'thread')[] = []
  const [here, thread] = [await openDriverDb(path), await openThreadDb(path)]
  await thread.execute('CREATE TABLE Text (text TEXT)')
  const noting = (db: DriverDb, where: 'here' | 'thread', delayMs: number): DriverDb => ({
    ...db,
    async query(sql, ...args) {
      await pause(queryMs)
      return await db.query(sql, ...args)
    },
    async script(guard, statements) {
      made.push(where)
      if (delayMs > 0) await pause(delayMs)
      return await db.script(guard, statements)
    },
  })
  const place = createWritePlace(noting(here, 'here', hereMs), noting(thread, 'thread', 0), {
    charactersHere,
    mostMsHere,
  })
  return {
    place,
    made,
    insert: (characters: number) =>
      place.script(ALWAYS, [statement('INSERT INTO Text VALUES (?)', 'x'.repeat(characters))]),
    rows: () => here.query<{ readonly count: number }>('SELECT count(*) AS count FROM Text'),
    async close() {
      await here.close()
      await thread.close()
    },
  }
}

const times = <T>(count: number, one: T): readonly T[] => Array.from({ length: count }, () => one)

it('writes little here, much and what comes soon after it in the thread', async () => {
  const { insert, made, rows, close } = await watched(3)
  for (const characters of [1, 3, 4, ...times(16, 1)]) expect(await insert(characters)).toEqual([1])
  expect(made).toEqual(['here', 'here', ...times(16, 'thread'), 'here'])
  expect(await rows()).toEqual([{ count: 19 }])
  await close()
})

it('goes to the thread for a while when somebody stood still for long', async () => {
  const { insert, made, close } = await watched(3, { hereMs: 20, mostMsHere: 10 })
  for (const characters of times(66, 1)) await insert(characters)
  expect(made).toEqual(['here', ...times(64, 'thread'), 'here'])
  await close()
})

it('writes in the thread while a checkpoint is under way there', async () => {
  const { place, insert, made, close } = await watched(3, { queryMs: 50 })
  await insert(4)
  for (const characters of times(14, 1)) await insert(characters)
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
  const store = await openSqliteStore({ path, charactersHere: 700 })
  const next = counter()
  const append = (streamId: string) =>
    store.events.append([{ designId: 'd', streamId, expectedVersion: 'any', events: events(next, 2) }])
  for (let round = 0; round < 20; round += 1) {
    for (let alone = 0; alone < 20; alone += 1) await append('alone')
    await Promise.all([
      ...['a', 'b', 'c', 'd', 'e'].map(append),
      store.marks.write('traces', round),
      store.snapshots.save('d', 's', 'h', { version: round + 1, state: round }),
      store.designs.create({ id: `d${round}`, name: 'D', document: {}, at: 1 }),
    ])
  }
  await store.close()
  const again = await openSqliteStore({ path })
  expect(positionsOf(await again.events.readAll(0, { limit: 1_000 }))).toEqual(
    Array.from({ length: 1_000 }, (_, index) => index + 1),
  )
  expect(await again.events.head()).toBe(1_000)
  expect(await again.marks.read('traces')).toBe(19)
  expect(await again.snapshots.load('d', 's', 'h')).toMatchObject({ state: 19 })
  expect(await again.designs.list({ limit: 100 })).toHaveLength(20)
  await again.close()
})
