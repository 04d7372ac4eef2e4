import { closeSync, openSync, writeSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import type { Store } from '../contract'
import { collect, counter, event, events, positionsOf, temporaryPath } from '../testing'
import { type Db, openDb } from './db'
import { openDriverDb } from './driver-db'
import { openSqliteStore, type SqliteStoreOptions } from './open'
import { openThreadDb } from './thread-db'
import { CHARACTERS_HERE } from './write-place'

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
})

async function open(options: SqliteStoreOptions): Promise<Store> {
  const store = await openSqliteStore(options)
  opened.push(store)
  return store
}

async function other(path: string): Promise<Db> {
  const db = await openThreadDb(path)
  opened.push(db)
  return db
}

const next = counter()
const append = (
  store: Store,
  streamId: string,
  expectedVersion: number | 'any' | 'no-stream' = 'any',
  count = 1,
) => store.events.append([{ designId: 'd', streamId, expectedVersion, events: events(next, count) }])

describe.each([
  { place: 'its thread', charactersHere: 0 },
  { place: 'no thread of its own', charactersHere: CHARACTERS_HERE },
])('where the writer writes in $place', ({ charactersHere }) => {
  describe('a locked database', () => {
    it('is waited for', async () => {
      const path = temporaryPath()
      const store = await open({ path, charactersHere })
      const locker = await other(path)
      await locker.execute('BEGIN IMMEDIATE')
      const waiting = append(store, 's')
      await locker.execute('ROLLBACK')
      expect(positionsOf((await waiting).events)).toEqual([1])
    })

    it('is STORE_UNAVAILABLE when the lock stays, with nothing written, and goes on when it is gone', async () => {
      const path = temporaryPath()
      const store = await open({ path, charactersHere })
      const locker = await other(path)
      await locker.execute('BEGIN IMMEDIATE')
      const refused = { code: 'STORE_UNAVAILABLE', message: expect.stringContaining('locked') }
      const snapshot = store.snapshots.save('d', 's', 'h', { version: 1, state: 1 })
      const appended = append(store, 's', 'no-stream')
      await Promise.all([
        expect(appended).rejects.toMatchObject(refused),
        expect(snapshot).rejects.toMatchObject(refused),
      ])
      await locker.execute('ROLLBACK')
      expect(await store.events.head()).toBe(0)
      expect(positionsOf((await append(store, 's', 'no-stream')).events)).toEqual([1])
      expect(await store.snapshots.load('d', 's', 'h')).toBeNull()
    })
  })

  describe('a full database', () => {
    it('is STORE_FULL with nothing half-written, and goes on when there is room', async () => {
      const store = await open({ path: temporaryPath(), maxPages: 200, charactersHere })
      await store.designs.create({ id: 'd', name: 'D', document: {}, at: 1 })
      const big = (count: number) => {
        const data = 'x'.repeat(10_000)
        const large = Array.from({ length: count }, () => ({ ...event(next()), data }))
        return store.events.append([{ designId: 'd', streamId: 's', expectedVersion: 'any', events: large }])
      }
      await big(10)
      await expect(big(100)).rejects.toMatchObject({ code: 'STORE_FULL' })
      expect(await store.events.head()).toBe(10)
      expect(await store.events.streamVersion('d', 's')).toBe(10)
      await big(10)
      await store.designs.delete('d')
      const { events: more } = await big(15)
      expect(more[0]).toMatchObject({ position: 21, version: 1 })
    })
  })
})

describe('a damaged file', () => {
  it('is named when it is opened', async () => {
    const path = temporaryPath()
    const store = await openSqliteStore({ path })
    await append(store, 's', 'any', 50)
    await store.close()
    const file = openSync(path, 'r+')
    writeSync(file, 'no database at all', 0)
    closeSync(file)
    const opening = openSqliteStore({ path })
    await expect(opening).rejects.toMatchObject({
      code: 'STORE_DAMAGED',
      message: expect.stringContaining('damaged'),
    })
  })
})

describe('a corrupt row', () => {
  it('is CORRUPT_EVENT with its position, and only for who reads it', async () => {
    const path = temporaryPath()
    const store = await open({ path })
    await append(store, 's', 'any', 3)
    const editor = await other(path)
    await editor.execute('UPDATE Event SET data = ? WHERE position = 2', '{"cut')
    const corrupt = { code: 'CORRUPT_EVENT', message: expect.stringContaining('position 2') }
    await expect(store.events.read('d', 's')).rejects.toMatchObject(corrupt)
    await expect(store.events.readAll(0)).rejects.toMatchObject(corrupt)
    expect(positionsOf(await store.events.readAll(2))).toEqual([3])
    await append(store, 's', 3)
    await store.close()
    const reopened = await open({ path })
    const error = await new Promise((resolve) => {
      reopened.events.subscribe(0, () => {}, { onError: resolve })
    })
    expect(error).toMatchObject(corrupt)
  })

  it.each([
    { sql: "UPDATE Run SET status = 'odd'", read: (store: Store) => store.runs.get('r') },
    { sql: "UPDATE Run SET error = '{'", read: (store: Store) => store.runs.unfinished() },
    { sql: "UPDATE Projection SET status = 'odd'", read: (store: Store) => store.projections.list('d') },
    { sql: "UPDATE Run SET attention = '[{}]'", read: (store: Store) => store.runs.get('r') },
    { sql: "UPDATE DesignVersion SET document = '['", read: (store: Store) => store.designs.get('d') },
  ])('is CORRUPT_EVENT after $sql', async ({ sql, read }) => {
    const path = temporaryPath()
    const store = await open({ path })
    await store.designs.create({ id: 'd', name: 'D', document: {}, at: 1 })
    const run = {
      id: 'r',
      designId: 'd',
      designVersion: 1,
      saga: 's',
      startedAt: 1,
      endedAt: null,
      error: null,
      gist: '',
      archived: false,
      attention: [],
      needsPerson: 0,
      watched: false,
      position: 1,
    }
    await store.runs.apply([{ ...run, mode: 'live', status: 'running' }], 1)
    const state = { designId: 'd', name: 'p', definitionHash: 'h', checkpoint: 1, generation: 1, fault: null }
    await store.projections.apply({ ...state, status: 'running', delayMs: 0 }, 1, {})
    await read(store)
    await (await other(path)).execute(sql)
    await expect(read(store)).rejects.toMatchObject({ code: 'CORRUPT_EVENT' })
  })
})

describe('what memory does not know', () => {
  it('lets one loser of a batch fail alone, with positions gap-free', async () => {
    const path = temporaryPath()
    const first = await openSqliteStore({ path })
    await append(first, 'old', 'no-stream')
    await first.close()
    const store = await open({ path })
    const names = ['a', 'b', 'old', 'c', 'd']
    const answers = await Promise.allSettled(names.map((name) => append(store, name, 'no-stream')))
    expect(answers.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ])
    expect(answers[2]).toMatchObject({ reason: { code: 'WRONG_EXPECTED_VERSION', actualVersion: 1 } })
    const log = await store.events.readAll(0)
    expect(log.map(({ streamId, position }) => `${position}${streamId}`)).toEqual([
      '1old',
      '2a',
      '3b',
      '4c',
      '5d',
    ])
  })

  it('steps behind events that another program wrote', async () => {
    const path = temporaryPath()
    const store = await open({ path })
    await append(store, 's')
    const seen = collect(store.events, 0)
    await seen.until(1)
    const stranger = await other(path)
    await stranger.execute(
      `INSERT INTO Event SELECT 2, designId, streamId, 2, type, data, 'stranger', correlationId, causationId,
       userId, schemaVersion, recordedAt FROM Event`,
    )
    const { events: recorded } = await append(store, 's')
    expect(recorded[0]).toMatchObject({ position: 3, version: 3 })
    await expect(append(store, 's', 2)).rejects.toMatchObject({ actualVersion: 3 })
    await seen.until(3)
    expect(positionsOf(seen.events)).toEqual([1, 2, 3])
  })
})

it.each([
  ['through Prisma', (path: string) => openDb(`file:${path}`)],
  ['in a thread', openThreadDb],
  ['here', openDriverDb],
])('a connection %s has an fsync at every commit, in WAL', async (_, connect) => {
  const db = await connect(temporaryPath())
  opened.push(db)
  expect(await db.query('PRAGMA synchronous')).toEqual([{ synchronous: 2 }])
  expect(await db.query('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }])
})
