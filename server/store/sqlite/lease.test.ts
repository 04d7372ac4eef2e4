import { afterEach, describe, expect, it } from 'vitest'
import type { ErrorCode } from '@/core/errors'
import type { Store } from '../contract'
import { counter, events, temporaryPath } from '../testing'
import type { Db } from './db'
import { openSqliteStore, type SqliteStoreOptions } from './open'
import { isProvablyGone, thisProcess } from './process-identity'
import { openThreadDb } from './thread-db'

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close()
})

async function open(path: string, lease: SqliteStoreOptions['lease'] = {}): Promise<Store> {
  const store = await openSqliteStore({ path, lease })
  opened.push(store)
  return store
}

/** Another program with its hands on the file. */
async function stranger(path: string): Promise<Db> {
  const db = await openThreadDb(path)
  opened.push(db)
  return db
}

const next = counter()
const append = (store: Store, streamId = 's') =>
  store.events.append([{ designId: 'd', streamId, expectedVersion: 'any', events: events(next, 1) }])

/** Somebody on another machine takes the lease, or has had it: nothing can be known of that process from here. */
const TAKEN_ELSEWHERE = `UPDATE Lease SET token = token + 1, owner = 'other', host = 'elsewhere', pid = 7,
  renewals = 5, renewedAt = ?, ttlMs = ?`

async function takenElsewhere(path: string, renewedAt: number, ttlMs: number): Promise<Db> {
  await (await openSqliteStore({ path })).close()
  const other = await stranger(path)
  await other.execute(TAKEN_ELSEWHERE, renewedAt, ttlMs)
  return other
}

const DAY_MS = 24 * 60 * 60 * 1000

describe('who has lost the lease', () => {
  it('writes nothing more, neither events nor anything else, and is told once', async () => {
    const path = temporaryPath()
    const lost: ErrorCode[] = []
    const store = await open(path, { onLost: (error) => lost.push(error.code) })
    await append(store)
    const other = await stranger(path)
    await other.execute(TAKEN_ELSEWHERE, Date.now(), 10_000)
    const refused = { code: 'LEASE_LOST', message: expect.stringContaining(path) }
    const both = [append(store), append(store, 'other')]
    await Promise.all(both.map((one) => expect(one).rejects.toMatchObject(refused)))
    await expect(append(store)).rejects.toMatchObject(refused)
    const design = { id: 'd', name: 'D', document: {}, at: 1 }
    await expect(store.designs.create(design)).rejects.toMatchObject(refused)
    expect(lost).toEqual(['LEASE_LOST'])
    expect(store.fault()).toMatchObject({ code: 'LEASE_LOST' })
    expect(await other.query('SELECT position FROM Event')).toEqual([{ position: 1 }])
    expect(await other.query('SELECT id FROM Design')).toEqual([])
  })

  it('hears of it from its heartbeat when it has nothing to write', async () => {
    const path = temporaryPath()
    const lost = new Promise((resolve, reject) => {
      open(path, { ttlMs: 60, onLost: resolve })
        .then(() => stranger(path))
        .then((other) => other.execute(TAKEN_ELSEWHERE, Date.now(), 10_000))
        .catch(reject)
    })
    expect(await lost).toMatchObject({ code: 'LEASE_LOST' })
  })

  it('does not take it from the one that has it by closing', async () => {
    const path = temporaryPath()
    const store = await openSqliteStore({ path })
    const other = await stranger(path)
    await other.execute(TAKEN_ELSEWHERE, Date.now(), 10_000)
    await store.close()
    expect(await other.query('SELECT owner FROM Lease')).toEqual([{ owner: 'other' }])
  })
})

describe('a lease held on another machine', () => {
  it('is refused while its heartbeat is fresh', async () => {
    const path = temporaryPath()
    await takenElsewhere(path, Date.now(), 10_000)
    await expect(openSqliteStore({ path })).rejects.toMatchObject({
      code: 'LEASE_HELD',
      message: expect.stringContaining('process 7 on elsewhere'),
      details: { host: 'elsewhere', pid: 7 },
    })
  })

  it.each([
    { clock: 'right', offMs: -1_000 },
    { clock: 'a day slow', offMs: -DAY_MS },
    { clock: 'a day fast', offMs: DAY_MS },
  ])(
    'is taken when its counter stands still for its time to live, its clock being $clock',
    async ({ offMs }) => {
      const path = temporaryPath()
      await takenElsewhere(path, Date.now() + offMs, 400)
      const begun = performance.now()
      const store = await open(path)
      expect(performance.now() - begun).toBeGreaterThanOrEqual(400)
      expect((await append(store)).events).toHaveLength(1)
    },
  )

  it('is not taken while its counter moves, though its clock be a day slow', async () => {
    const path = temporaryPath()
    const other = await takenElsewhere(path, Date.now() - DAY_MS, 400)
    const beat = setInterval(
      () => void other.execute('UPDATE Lease SET renewals = renewals + 1').catch(() => 0),
      100,
    )
    await expect(openSqliteStore({ path })).rejects.toMatchObject({ code: 'LEASE_HELD' })
    clearInterval(beat)
  })

  it('is waited for as long as one is told to', async () => {
    const path = temporaryPath()
    const other = await takenElsewhere(path, Date.now(), 60_000)
    const waiting: string[] = []
    const store = open(path, {
      waitMs: 60_000,
      onWaiting: (message) => {
        waiting.push(message)
        void other.execute("UPDATE Lease SET owner = ''")
      },
    })
    await append(await store)
    expect(waiting).toEqual([`Waiting for the workbench of process 7 on elsewhere to give up ${path}.`])
  })
})

describe('a process', () => {
  const here = thisProcess()

  it('that is alive is not gone', () => {
    expect(isProvablyGone(here)).toBe(false)
    expect(isProvablyGone({ ...here, pid: 1, processStart: '' })).toBe(false)
  })

  it('is gone when nobody has its pid, or somebody has who began at another time', () => {
    expect(isProvablyGone({ ...here, pid: 2 ** 30 })).toBe(true)
    expect(isProvablyGone({ ...here, processStart: '1' })).toBe(process.platform === 'linux')
  })

  it('of another machine, boot or container may be alive for all that is known', () => {
    const gone = { ...here, pid: 2 ** 30 }
    expect(isProvablyGone({ ...gone, host: 'elsewhere' })).toBe(false)
    expect(isProvablyGone({ ...gone, bootId: 'another' })).toBe(false)
    expect(isProvablyGone({ ...gone, pidSpace: 'pid:[1]' })).toBe(false)
  })
})
