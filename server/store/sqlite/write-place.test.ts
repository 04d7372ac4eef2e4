import { statSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Store } from '../contract'
import { collect, counter, event, events, positionsOf, temporaryPath } from '../testing'
import { statement } from './db'
import { type DriverDb, openDriverDb } from './driver-db'
import { openSqliteStore } from './open'
import { openThreadDb } from './thread-db'
import { CHARACTERS_HERE, createWritePlace } from './write-place'

const ALWAYS = statement('SELECT 1')

/** A place on a real file, with a list of where each write was made. */
async function watched(charactersHere: number, { hereMs = 0, mostMsHere = Number.POSITIVE_INFINITY } = {}) {
  const path = temporaryPath()
  const made: ('here' | 'thread')[] = []
  const [here, thread] = [await openDriverDb(path), await openThreadDb(path)]
  await thread.execute('CREATE TABLE Text (text TEXT)')
  const noting = (db: DriverDb, where: 'here' | 'thread', delayMs: number): DriverDb => ({
    ...db,
    script(guard, statements) {
      made.push(where)
      // A disk that is waited for here lets nobody else go on.
      const until = performance.now() + delayMs
      while (performance.now() < until);
      return db.script(guard, statements)
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

it('goes to the thread for a while when it is told that many go side by side', async () => {
  const { place, insert, made, close } = await watched(3)
  place.moveAside()
  expect(place.isHere).toBe(false)
  for (const characters of times(17, 1)) await insert(characters)
  expect(made).toEqual([...times(16, 'thread'), 'here'])
  await close()
})

it.each([
  { callers: 12, most: 12 },
  { callers: 40, most: 20 },
])('commits what $callers append side by side by at most $most', async ({ callers, most }) => {
  const commits: number[] = []
  const store = await openSqliteStore({
    path: temporaryPath(),
    onCommitted: (committed) => commits.push(committed.length),
  })
  const next = counter()
  const one = async (streamId: string) => {
    for (let count = 0; count < 20; count += 1)
      await store.events.append([
        { designId: 'd', streamId, expectedVersion: count, events: [event(next())] },
      ])
  }
  await Promise.all(Array.from({ length: callers }, (_, index) => one(`s${index}`)))
  expect(Math.max(...commits)).toBe(most)
  expect(await store.events.head()).toBe(20 * callers)
  await store.close()
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

describe.each([
  { place: 'its thread', charactersHere: 0 },
  { place: 'no thread of its own', charactersHere: CHARACTERS_HERE },
])('a writer in $place', ({ charactersHere }) => {
  const next = counter('w')
  const append = (store: Store, streamId: string, expectedVersion: number | 'any' = 'any') =>
    store.events.append([{ designId: 'd', streamId, expectedVersion, events: events(next, 2) }])

  it('tells everybody in order, and the loser alone, when commits follow one another', async () => {
    const store = await openSqliteStore({ path: temporaryPath(), charactersHere })
    const seen = collect(store.events, 0)
    const acknowledged: number[] = []
    const asked = Array.from({ length: 350 }, (_, index) =>
      append(store, `s${index}`, index === 150 ? 7 : 'any').then((answer) => {
        acknowledged.push(...positionsOf(answer.events))
        return answer
      }),
    )
    const outcomes = await Promise.allSettled(asked)
    expect(outcomes.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []))).toEqual([150])
    expect(outcomes[150]).toMatchObject({ reason: { code: 'WRONG_EXPECTED_VERSION' } })
    const positions = Array.from({ length: 698 }, (_, index) => index + 1)
    expect(acknowledged).toEqual(positions)
    await seen.until(698)
    expect(positionsOf(seen.events)).toEqual(positions)
    await store.close()
  })

  it('finishes every commit when it is closed between two, and has all of it on disk', async () => {
    const path = temporaryPath()
    const store = await openSqliteStore({ path, charactersHere })
    const asked = Array.from({ length: 350 }, (_, index) => append(store, `s${index}`))
    await asked[0]
    const closing = store.close()
    const answers = await Promise.all(asked)
    await closing
    await expect(append(store, 'late')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    const again = await openSqliteStore({ path })
    expect(await again.events.readAll(0)).toEqual(answers.flatMap((answer) => answer.events))
    await again.close()
  })

  it.each([16, 60])('gives timers their turn while %i append without end', async (count) => {
    const store = await openSqliteStore({ path: temporaryPath(), charactersHere })
    let isOver = false
    const callers = Array.from({ length: count }, async (_, index) => {
      while (!isOver) await append(store, `s${index}`)
    })
    await pause(50)
    isOver = true
    await Promise.all(callers)
    expect(await store.events.head()).toBeGreaterThan(2 * count)
    await store.close()
  })

  it('gives timers their turn while 60 are refused again and again', async () => {
    const store = await openSqliteStore({ path: temporaryPath(), charactersHere })
    let isOver = false
    let refusals = 0
    const callers = Array.from({ length: 60 }, async () => {
      for (let tries = 0; !isOver && tries < 500; tries += 1)
        await append(store, 's', 7).catch(() => {
          refusals += 1
        })
    })
    await pause(50)
    isOver = true
    await Promise.all(callers)
    // They did not have to run out of tries first.
    expect(refusals).toBeLessThan(60 * 500)
    await store.close()
  })

  it('keeps the WAL from growing with what is written', async () => {
    const path = temporaryPath()
    const store = await openSqliteStore({ path, charactersHere })
    const data = 'x'.repeat(40_000)
    for (let round = 0; round < 100; round += 1) {
      const large = Array.from({ length: 20 }, () => ({ ...event(next()), data }))
      await store.events.append([{ designId: 'd', streamId: 's', expectedVersion: 'any', events: large }])
    }
    expect(statSync(`${path}-wal`).size).toBeLessThan(50_000_000)
    expect(statSync(path).size).toBeGreaterThan(40_000_000)
    await store.close()
  })
})
