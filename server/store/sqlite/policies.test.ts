import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PolicyDelivery, PolicyFault } from '@/core/policy/delivery'
import type { Store } from '../contract'
import { counter, events, temporaryPath } from '../testing'
import { openDb } from './db'
import { migrate, readMigrations } from './migrations'
import { openSqliteStore } from './open'

let store: Store
beforeAll(async () => {
  store = await openSqliteStore({ path: temporaryPath() })
})
afterAll(() => store.close())
const next = counter()

const documentOf = (...policies: readonly (readonly [id: string, on: string])[]) => ({
  policies: policies.map(([id, on]) => ({ id, on })),
})
const happen = (designId: string) =>
  store.events.append([{ designId, streamId: 's', expectedVersion: 'any', events: events(next, 2) }])
const places = async (designId: string) =>
  (await store.policies.list(designId)).map(({ policy, type, checkpoint }) => [policy, type, checkpoint])

describe('the places of policies', () => {
  it('are the head of the log when they come, and stay when the design is saved again', async () => {
    const at = 1
    await happen('d')
    await store.designs.create({ id: 'd', name: 'D', document: documentOf(['a', 'Happened']), at })
    await happen('d')
    expect(await places('d')).toEqual([['a', 'Happened', 2]])
    const both = documentOf(['a', 'Happened'], ['b', 'Happened'])
    await store.designs.save('d', 1, { name: 'D', document: both, at })
    expect(await places('d')).toEqual([
      ['a', 'Happened', 2],
      ['b', 'Happened', 4],
    ])
    await happen('d')
    const [state] = await store.policies.list('d')
    expect(state && (await store.policies.lag(state))).toBe(4)
    expect(await store.policies.behind()).toEqual(['d'])
    const other = documentOf(['b', 'Happened'], ['a', 'Other'])
    await store.designs.save('d', 2, { name: 'D', document: other, at })
    expect(await places('d')).toEqual([
      ['a', 'Other', 6],
      ['b', 'Happened', 4],
    ])
    await store.designs.save('d', 3, { name: 'D', document: documentOf(), at })
    expect(await places('d')).toEqual([])
    await store.designs.delete('d')
  })

  it('are not moved by a save that is refused, and go with their design', async () => {
    const at = 1
    await store.designs.create({ id: 'e', name: 'E', document: documentOf(['a', 'Happened']), at })
    await store.designs.save('e', 7, { name: 'E', document: documentOf(), at })
    expect(await places('e')).toHaveLength(1)
    await store.designs.delete('e')
    expect(await places('e')).toEqual([])
  })

  it('are one for two policies of one id: that of the first', async () => {
    const document = documentOf(['a', 'First'], ['a', 'Second'])
    await store.designs.create({ id: 'f', name: 'F', document, at: 1 })
    expect((await places('f')).map(([, type]) => type)).toEqual(['First'])
  })

  it('keep what stopped a policy and what it did of late', async () => {
    await store.designs.create({ id: 'g', name: 'G', document: documentOf(['a', 'Happened']), at: 1 })
    const [state] = await store.policies.list('g')
    if (!state) throw new Error('it has a place')
    const event = { position: 3, streamId: 's', version: 1, type: 'Happened' }
    const fault: PolicyFault = { ...event, code: 'CODE_THREW', message: 'no', fn: 'policy.a.when', line: 2 }
    const recent: readonly PolicyDelivery[] = [
      { ...event, at: 5, result: { outcome: 'started', saga: 'main', runId: 'r' } },
      { ...event, at: 4, result: { outcome: 'ignored', why: 'when' } },
    ]
    const faulted = { ...state, checkpoint: 3, status: 'faulted', fault, recent } as const
    expect(await store.policies.save(faulted)).toBe(true)
    expect(await store.policies.list('g')).toEqual([faulted])
    // One that listens for something else now is another.
    expect(await store.policies.save({ ...faulted, type: 'Before', checkpoint: 1 })).toBe(false)
    expect(await store.policies.save({ ...faulted, policy: 'gone' })).toBe(false)
    expect(await store.policies.list('g')).toEqual([faulted])
  })
})

describe('a database from before policies were followed', () => {
  it('gives those of its designs a place at the head of its log', async () => {
    const before = mkdtempSync(join(tmpdir(), 'saga-migrations-'))
    for (const { name, sql } of readMigrations().filter(({ name }) => name < '0008')) {
      mkdirSync(join(before, name))
      writeFileSync(join(before, name, 'migration.sql'), sql)
    }
    const path = temporaryPath()
    const url = `file:${path}`
    const db = await openDb(url)
    await migrate(db, url, readMigrations(before))
    await db.execute("INSERT INTO Design VALUES ('d', 'D', 2, 1, 1)")
    const version = 'INSERT INTO DesignVersion VALUES (?, ?, ?, ?, 1)'
    await db.execute(version, 'd', 1, 'D', JSON.stringify(documentOf(['old', 'Happened'])))
    await db.execute(version, 'd', 2, 'D', JSON.stringify(documentOf(['a', 'Happened'], ['b', 'Other'])))
    await db.execute("INSERT INTO Event VALUES (5, 'd', 's', 1, 'Happened', '{}', 'm', 'c', 'c', NULL, 1, 1)")
    await db.close()
    const opened = await openSqliteStore({ path })
    expect(await opened.policies.list('d')).toMatchObject([
      { policy: 'a', type: 'Happened', checkpoint: 5, status: 'running', fault: null, recent: [] },
      { policy: 'b', type: 'Other', checkpoint: 5 },
    ])
    expect(await opened.policies.behind()).toEqual([])
    await opened.close()
  })
})
