import { expect, it } from 'vitest'
import { describeEventStore } from '../event-store.contract'
import { describeLogReads } from '../log-reads.contract'
import { collect, counter, events, positionsOf, temporaryPath } from '../testing'
import { openSqliteStore } from './open'

describeEventStore('the event store on SQLite', async () => {
  return (await openSqliteStore({ path: temporaryPath() })).events
})

describeEventStore('the event store on SQLite that commits in its thread', async () => {
  return (await openSqliteStore({ path: temporaryPath(), charactersHere: 0 })).events
})

describeLogReads('the event store on SQLite', async (now) => {
  return (await openSqliteStore({ path: temporaryPath(), now })).events
})

const one = (next: () => string, streamId: string, count = 1) =>
  [{ designId: 'd', streamId, expectedVersion: 'any', events: events(next, count) }] as const

it('keeps everything when it is closed and opened again, and counts on', async () => {
  const path = temporaryPath()
  const next = counter()
  const first = await openSqliteStore({ path, now: () => 1_700_000_000_000 })
  const { events: written } = await first.events.append(one(next, 's', 3))
  await first.close()
  const second = await openSqliteStore({ url: `file:${path}` })
  expect(await second.events.readAll(0)).toEqual(written)
  const { events: more } = await second.events.append(one(next, 's'))
  expect(more).toMatchObject([{ position: 4, version: 4 }])
  await second.close()
})

it('finishes what was queued when it is closed', async () => {
  const path = temporaryPath()
  const next = counter()
  const store = await openSqliteStore({ path })
  const queued = Array.from({ length: 50 }, (_, index) => store.events.append(one(next, `s${index}`)))
  await store.close()
  await expect(Promise.all(queued)).resolves.toHaveLength(50)
  const again = await openSqliteStore({ path })
  expect(await again.events.head()).toBe(50)
  await again.close()
})

it('catches up from disk further back than the tail reaches', async () => {
  const store = await openSqliteStore({ path: temporaryPath() })
  const next = counter()
  for (let index = 0; index < 6; index += 1) await store.events.append(one(next, 's', 1_000))
  const seen = collect(store.events, 0)
  await store.events.append(one(next, 't'))
  await seen.until(6_001)
  expect(positionsOf(seen.events)).toEqual(Array.from({ length: 6_001 }, (_, index) => index + 1))
  await store.close()
})

it('refuses a database that is not a file', async () => {
  await expect(openSqliteStore({ url: 'postgres://x' })).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
  await expect(openSqliteStore({ url: 'file::memory:' })).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
})
