import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProjectionState, RunRow, Store } from '../contract'
import { counter, events, temporaryPath } from '../testing'
import { openSqliteStore } from './open'

const path = temporaryPath()
let store: Store
beforeAll(async () => {
  store = await openSqliteStore({ path })
})
afterAll(() => store.close())
const next = counter()

describe('designs', () => {
  const created = { id: 'd1', name: 'First', document: { steps: [1] }, at: 1_700_000_000_000 }

  it('are created at version 1 and saved at the version expected', async () => {
    const row = await store.designs.create(created)
    expect(row).toEqual({
      id: 'd1',
      name: 'First',
      version: 1,
      document: { steps: [1] },
      createdAt: created.at,
      updatedAt: created.at,
    })
    expect(await store.designs.get('d1')).toEqual(row)
    const saved = await store.designs.save('d1', 1, {
      name: 'Second',
      document: { steps: [2] },
      at: created.at + 5,
    })
    expect(saved).toMatchObject({ saved: true, row: { version: 2, updatedAt: created.at + 5 } })
    expect(await store.designs.get('d1')).toEqual(saved?.saved ? saved.row : null)
    expect(await store.designs.get('d1', 1)).toEqual(row)
    expect(await store.designs.get('d1', 3)).toBeNull()
  })

  it('refuse a stale save and say which version stands there', async () => {
    const change = { name: 'Third', document: {}, at: 1 }
    expect(await store.designs.save('d1', 1, change)).toEqual({ saved: false, currentVersion: 2 })
    expect(await store.designs.save('gone', 1, change)).toBeNull()
    expect(await store.designs.get('d1')).toMatchObject({ name: 'Second' })
  })

  it('let one of two simultaneous saves through', async () => {
    await store.designs.create({ ...created, id: 'race' })
    const save = (name: string) => store.designs.save('race', 1, { name, document: {}, at: 2 })
    const answers = await Promise.all([save('A'), save('B')])
    expect(answers.map((answer) => answer?.saved)).toEqual([true, false])
  })

  it('refuse an id that is taken, without harm to what shares the commit', async () => {
    const good = store.designs.create({ ...created, id: 'good' })
    const taken = store.designs.create(created)
    await expect(taken).rejects.toMatchObject({ kind: 'unique' })
    expect(await good).toMatchObject({ version: 1 })
    expect(await store.designs.get('good')).not.toBeNull()
  })

  it('are listed last changed first, page by page', async () => {
    for (const index of [1, 2, 3]) {
      await store.designs.create({ ...created, id: `list${index}`, at: created.at + 1_000 * index })
    }
    const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id)
    expect(ids(await store.designs.list({ limit: 2 }))).toEqual(['list3', 'list2'])
    expect(ids(await store.designs.list({ limit: 2, after: 'list2' }))).toEqual(['list1', 'd1'])
  })

  it('go with their events, runs, rows and snapshots, and no position is given out twice', async () => {
    await store.designs.create({ ...created, id: 'doomed' })
    const append = (designId: string) =>
      store.events.append([{ designId, streamId: 's', expectedVersion: 'any', events: events(next, 2) }])
    await append('kept')
    await append('doomed')
    await store.snapshots.save('doomed', 's', 'h', { version: 1, state: 1 })
    await store.runs.apply([run({ id: 'doomed-run', designId: 'doomed' })], 1)
    await store.projections.apply(projection({ designId: 'doomed' }), 0, { a: 1 })
    const head = await store.events.head()
    expect(await store.designs.delete('doomed')).toBe(true)
    expect(await store.designs.delete('doomed')).toBe(false)
    expect(await store.designs.get('doomed', 1)).toBeNull()
    expect(await store.events.read('doomed', 's')).toEqual([])
    expect(await store.events.streamVersion('doomed', 's')).toBe(0)
    expect(await store.snapshots.load('doomed', 's', 'h')).toBeNull()
    expect(await store.runs.get('doomed-run')).toBeNull()
    expect(await store.projections.list('doomed')).toEqual([])
    expect(await store.projections.loadRows('doomed', 'p', 0, ['a'])).toEqual({})
    expect(await store.events.read('kept', 's')).toHaveLength(2)
    await store.close()
    store = await openSqliteStore({ path })
    expect(await store.events.head()).toBe(head)
    expect((await append('kept')).events[0]?.position).toBe(head + 1)
  })
})

function run(change: Partial<RunRow> = {}): RunRow {
  const base = {
    id: 'r',
    designId: 'd1',
    designVersion: 1,
    saga: 'order',
    mode: 'live',
    status: 'running',
  } as const
  const unattended = {
    archived: false,
    gist: 'customer ada',
    attention: [],
    needsPerson: 0,
    watched: false,
    position: 0,
  }
  return { ...base, startedAt: 1_700_000_000_000, endedAt: null, error: null, ...unattended, ...change }
}

describe('runs', () => {
  it('move with their checkpoint, and a later row replaces an earlier one', async () => {
    await store.runs.apply([run({ id: 'r1' }), run({ id: 'r2', startedAt: 1_700_000_000_001 })], 7)
    expect(await store.runs.checkpoint()).toBe(7)
    const ended = run({ id: 'r1', status: 'failed', endedAt: 1_700_000_009_000, error: { code: 'X' } })
    await store.runs.apply([ended], 9)
    expect(await store.runs.checkpoint()).toBe(9)
    expect(await store.runs.get('r1')).toEqual(ended)
    expect(await store.runs.find(['r1', 'never'])).toEqual([ended])
    expect(await store.runs.find([])).toEqual([])
    expect((await store.runs.unfinished()).map(({ id }) => id)).toEqual(['r2'])
    await store.runs.apply([], 11)
    expect(await store.runs.checkpoint()).toBe(11)
  })

  it('are listed newest first, filtered, page by page', async () => {
    await store.runs.apply(
      [run({ id: 'r3', startedAt: 1_700_000_000_001, saga: 'trip', designId: 'd2' })],
      12,
    )
    const ids = async (filter: object) =>
      (await store.runs.list({ limit: 10, ...filter })).map(({ id }) => id)
    expect(await ids({})).toEqual(['r3', 'r2', 'r1'])
    expect(await ids({ limit: 1, after: 'r3' })).toEqual(['r2'])
    expect(await ids({ designId: 'd1', status: 'failed' })).toEqual(['r1'])
    expect(await ids({ saga: 'trip' })).toEqual(['r3'])
  })

  it('say what they wait for, and are found by it and by when they changed', async () => {
    const attention = [{ why: 'approval', nodeId: 'ask', message: 'May I?', expiresAt: null }] as const
    const asking = run({
      id: 'asking',
      designId: 'd3',
      attention,
      needsPerson: 1,
      watched: true,
      position: 20,
    })
    const other = run({ id: 'other', designId: 'd3', position: 19 })
    await store.runs.apply([asking, other], 20)
    expect(await store.runs.get('asking')).toEqual(asking)
    expect(await store.runs.list({ limit: 10, designId: 'd3', needsPerson: true })).toEqual([asking])
    expect(await store.runs.watched()).toEqual(['asking'])
    const since = async (position: number, limit = 10) =>
      (await store.runs.changedSince('d3', position, limit)).map(({ id }) => id)
    expect(await since(0)).toEqual(['other', 'asking'])
    expect(await since(0, 1)).toEqual(['other'])
    expect(await since(19)).toEqual(['asking'])
    expect(await since(20)).toEqual([])
  })
})

function projection(change: Partial<ProjectionState> = {}): ProjectionState {
  const base = { designId: 'd1', name: 'p', definitionHash: 'h', checkpoint: 1, status: 'running' } as const
  return { ...base, generation: 0, fault: null, delayMs: 0, ...change }
}

describe('projections', () => {
  it('move their rows and their state together', async () => {
    await store.projections.apply(projection(), 0, { a: { n: 1 }, b: [2], c: 'c' })
    const faulted = projection({
      checkpoint: 5,
      status: 'faulted',
      fault: { code: 'CODE_THREW' },
      delayMs: 20,
    })
    await store.projections.apply(faulted, 0, { a: { n: 2 }, b: null })
    expect(await store.projections.get('d1', 'p')).toEqual(faulted)
    expect(await store.projections.loadRows('d1', 'p', 0, ['a', 'b', 'nope'])).toEqual({ a: { n: 2 } })
    expect(await store.projections.get('d1', 'nope')).toBeNull()
  })

  it('rebuild beside the old rows, swap, and prune', async () => {
    await store.projections.apply(projection(), 1, { a: 'new' })
    const page = (generation: number) => store.projections.rows('d1', 'p', generation, { limit: 10 })
    expect((await page(0)).map(({ key }) => key)).toEqual(['a', 'c'])
    await store.projections.apply(projection({ generation: 1 }), 1, {})
    await store.projections.prune('d1', 'p', 1)
    expect(await page(0)).toEqual([])
    expect(await page(1)).toEqual([{ key: 'a', row: 'new' }])
  })

  it('keep keys that mean something to JavaScript or SQL, and page by key', async () => {
    const rows = Object.fromEntries(['__proto__', "o'hara", 'é', '1'].map((key) => [key, { key }]))
    await store.projections.apply(projection({ name: 'odd' }), 0, rows)
    expect(await store.projections.loadRows('d1', 'odd', 0, Object.keys(rows))).toEqual(rows)
    const first = await store.projections.rows('d1', 'odd', 0, { limit: 2 })
    const rest = await store.projections.rows('d1', 'odd', 0, { limit: 9, after: first.at(-1)?.key ?? '' })
    expect([...first, ...rest].map(({ key }) => key)).toEqual(['1', '__proto__', "o'hara", 'é'])
  })
})

describe('snapshots', () => {
  const load = (hash: string, atMost?: number) => store.snapshots.load('d1', 's', hash, atMost)

  it('give the newest at or before a version, for one definition', async () => {
    for (const version of [10, 20, 30])
      await store.snapshots.save('d1', 's', 'h', { version, state: { version } })
    expect(await load('h')).toEqual({ version: 30, state: { version: 30 } })
    expect(await load('h', 29)).toEqual({ version: 20, state: { version: 20 } })
    expect(await load('h', 9)).toBeNull()
    expect(await load('edited')).toBeNull()
    await store.snapshots.save('d1', 's', 'edited', { version: 5, state: 0 })
    expect(await load('edited')).toEqual({ version: 5, state: 0 })
    expect(await load('h')).toBeNull()
  })

  it('stay bounded in number', async () => {
    for (let version = 1; version <= 25; version += 1) {
      await store.snapshots.save('d1', 's', 'many', { version, state: version })
    }
    expect(await load('many', 6)).toEqual({ version: 6, state: 6 })
    // Behind the newest the first of each stretch stays: looking back begins there.
    expect(await load('many', 5)).toEqual({ version: 1, state: 1 })
  })
})

describe('idempotency keys', () => {
  it('are claimed once, pending until answered, and answer the same after', async () => {
    expect(await store.idempotency.begin('k', 'hash', 1)).toEqual({ claimed: true })
    expect(await store.idempotency.begin('k', 'other', 2)).toEqual({
      claimed: false,
      requestHash: 'hash',
      answer: null,
    })
    const answer = { status: 201, body: { id: 'x' }, headers: { etag: '"1"' } }
    await store.idempotency.finish('k', 'hash', answer)
    expect(await store.idempotency.begin('k', 'hash', 3)).toEqual({
      claimed: false,
      requestHash: 'hash',
      answer,
    })
    await store.idempotency.release('k')
    expect(await store.idempotency.begin('k', 'hash', 4)).toMatchObject({ claimed: false })
  })

  it('are given back after a failure, after a crash, and after a day', async () => {
    const day = 24 * 60 * 60 * 1000
    await store.idempotency.begin('failed', 'hash', 1)
    await store.idempotency.release('failed')
    expect(await store.idempotency.begin('failed', 'hash', 1)).toEqual({ claimed: true })
    await store.close()
    store = await openSqliteStore({ path })
    expect(await store.idempotency.begin('failed', 'hash', 1)).toEqual({ claimed: true })
    expect(await store.idempotency.begin('k', 'hash', day)).toMatchObject({ claimed: false })
    expect(await store.idempotency.begin('k', 'hash', day + 2)).toEqual({ claimed: true })
  })

  it('let one of two simultaneous requests through', async () => {
    const begin = () => store.idempotency.begin('race', 'hash', 1)
    const answers = await Promise.all([begin(), begin()])
    expect(answers.map(({ claimed }) => claimed)).toEqual([true, false])
  })
})
