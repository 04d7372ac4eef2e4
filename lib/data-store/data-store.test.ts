import { describe, expect, it, vi } from 'vitest'
import type { Json } from '@/core/json'
import type { EventAnswer, ProjectionChange, ProjectionInfo, ProjectionRow } from '@/core/protocol'
import { causeOf } from './cause'
import { createReadModelStore, type ReadModelPorts } from './read-model-store'
import { cellText, columnsOf } from './row-columns'
import { createStateCache } from './state-cache'
import { createStreamStore, headOf, isPast, type StreamPorts, versionShown } from './stream-store'

const event = (version: number): EventAnswer => ({
  position: version * 10,
  streamId: 'Order-1',
  version,
  type: 'Happened',
  data: {},
  metadata: { messageId: `m${version}`, correlationId: 'r', causationId: 'r:4', schemaVersion: 1 },
  recordedAt: version,
})

/** A stream on a server: pages of two, and what is appended reaches whoever follows. */
function stream(count: number) {
  const log = Array.from({ length: count }, (_, at) => event(at + 1))
  let tell: ((events: readonly EventAnswer[]) => void) | null = null
  const ports: StreamPorts = {
    load: async (from) => {
      const items = log.slice(from - 1, from + 1)
      return { items, next: from + 1 < log.length ? String(from + 1) : null }
    },
    follow: (after, onEvents, onState) => {
      tell = onEvents
      onState(true)
      onEvents(log.slice(after))
      return () => {
        tell = null
      }
    },
  }
  const append = () => {
    const next = event(log.length + 1)
    log.push(next)
    tell?.([next])
  }
  return { ports, append, following: () => tell !== null }
}

describe('the stream store', () => {
  it('reads every page, then takes what happens, each event once', async () => {
    const server = stream(5)
    const store = createStreamStore(server.ports)
    const stop = store.getState().start()
    await vi.waitFor(() => expect(store.getState().status).toBe('ready'))
    expect(headOf(store.getState())).toBe(5)
    server.append()
    expect(store.getState().events.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6])
    stop()
    expect(server.following()).toBe(false)
  })

  it('follows the latest until it is moved back, and stays there while events come in', async () => {
    const server = stream(3)
    const store = createStreamStore(server.ports)
    store.getState().start()
    await vi.waitFor(() => expect(store.getState().status).toBe('ready'))
    store.getState().goTo(1)
    server.append()
    expect([versionShown(store.getState()), isPast(store.getState())]).toEqual([1, true])
    store.getState().goTo(4)
    server.append()
    expect([versionShown(store.getState()), isPast(store.getState())]).toEqual([5, false])
  })

  it('never leaves the stream: steps end at 0 and at the latest', async () => {
    const store = createStreamStore(stream(2).ports)
    store.getState().start()
    await vi.waitFor(() => expect(store.getState().status).toBe('ready'))
    store.getState().step(-1)
    store.getState().step(-1)
    store.getState().step(-1)
    expect(versionShown(store.getState())).toBe(0)
    store.getState().step(9)
    expect(store.getState().cursor).toBeNull()
  })

  it('plays from the beginning when it stands at the latest, and from where it stands otherwise', async () => {
    const store = createStreamStore(stream(3).ports)
    store.getState().start()
    await vi.waitFor(() => expect(store.getState().status).toBe('ready'))
    store.getState().play()
    expect(store.getState()).toMatchObject({ playing: true, cursor: 0 })
    store.getState().goTo(2)
    store.getState().play()
    expect(store.getState()).toMatchObject({ playing: true, cursor: 2 })
  })
})

describe('the read-model store', () => {
  const info: ProjectionInfo = {
    name: 'orders',
    checkpoint: 5,
    head: 5,
    lag: 0,
    status: 'running',
    rebuilding: null,
    delayMs: 0,
    fault: null,
    rows: 2,
  }
  function server() {
    const table = new Map<string, ProjectionRow['row']>([
      ['a', { n: 1 }],
      ['b', { n: 2 }],
    ])
    let present = info
    let tell: (changes: readonly ProjectionChange[]) => void = () => {}
    const reads: string[] = []
    const ports: ReadModelPorts = {
      info: async () => present,
      rows: async ({ filter, sort }) => {
        reads.push(`${filter} ${sort}`)
        return { items: [...table].map(([key, row]) => ({ key, row })), next: null }
      },
      act: async (action) => {
        if (action.action === 'skip') throw new Error('has no fault to pass over')
        present = { ...present, status: 'paused' }
        return present
      },
      follow: (_after, onChanges) => {
        tell = onChanges
        return () => {}
      },
    }
    return { table, reads, ports, tell: (change: ProjectionChange) => tell([change]) }
  }
  async function open() {
    const at = server()
    const store = createReadModelStore(at.ports)
    store.getState().start()
    await vi.waitFor(() => expect(store.getState().status).toBe('ready'))
    return { ...at, store }
  }
  const change = (over: Partial<ProjectionChange>): ProjectionChange => ({
    rows: {},
    checkpoint: 6,
    head: 6,
    status: 'running',
    rebuilding: null,
    delayMs: 0,
    ...over,
  })

  it('shows a changed row at once and takes a deleted one away', async () => {
    const { store, tell } = await open()
    tell(change({ rows: { a: { n: 9 }, b: null } }))
    expect(store.getState().rows).toEqual([{ key: 'a', row: { n: 9 } }])
    expect([...store.getState().fresh]).toEqual(['a', 'b'])
  })

  it('reads again for a row it does not have, and when more was missed than was sent', async () => {
    const { store, tell, table, reads } = await open()
    table.set('c', { n: 3 })
    tell(change({ rows: { c: { n: 3 } } }))
    await vi.waitFor(() => expect(store.getState().rows).toHaveLength(3))
    const before = reads.length
    tell(change({ reload: true }))
    await vi.waitFor(() => expect(reads.length).toBeGreaterThan(before))
  })

  it('under a filter lets go of a row that is no longer like that, and takes no notice of others', async () => {
    const { store, tell, table, reads } = await open()
    await store.getState().ask({ filter: [{ path: { of: 'row', steps: ['n'] }, operator: 'le', value: 2 }] })
    expect(reads.at(-1)).toBe('n le 2 null')
    const before = reads.length
    tell(change({ rows: { a: { n: 3 }, c: { n: 9 } } }))
    expect(store.getState().rows.map(({ key }) => key)).toEqual(['b'])
    expect(reads.length).toBe(before)
    table.set('d', { n: 0 })
    tell(change({ rows: { d: { n: 0 } } }))
    await vi.waitFor(() => expect(reads.length).toBeGreaterThan(before))
  })

  it('shows the write side running ahead before it has counted by how much', async () => {
    const { store, tell } = await open()
    tell(change({ checkpoint: 5, head: 8 }))
    expect(store.getState().info).toMatchObject({ checkpoint: 5, head: 8, lag: 1 })
  })

  it('says why an action was refused and keeps what it knew', async () => {
    const { store } = await open()
    expect(await store.getState().act({ action: 'skip' })).toBe('has no fault to pass over')
    expect(store.getState().info?.status).toBe('running')
    expect(await store.getState().act({ action: 'pause' })).toBeUndefined()
    expect(store.getState().info?.status).toBe('paused')
  })
})

describe('the state cache', () => {
  it('asks once for a version, and again only after a failure', async () => {
    const asked: number[] = []
    const cache = createStateCache(async (version) => {
      asked.push(version)
      if (asked.length === 1) throw new Error('gone')
      return { state: { version }, version, at: null }
    })
    await expect(cache.at(3)).rejects.toThrow('gone')
    await cache.at(3)
    await cache.at(3)
    expect(asked).toEqual([3, 3])
  })
})

describe('causes and cells', () => {
  it('tell a run from a command that came from outside', () => {
    expect(causeOf(event(1))).toEqual({ kind: 'run', runId: 'r', seq: 4 })
    const sent = { messageId: 'm', correlationId: 'c', causationId: 'c', schemaVersion: 1 }
    expect(causeOf({ metadata: sent })).toEqual({ kind: 'command', id: 'c' })
    // One by hand may be called anything; what a policy reacted to is a message of an aggregate.
    const odd = { ...sent, correlationId: 'x:1', causationId: 'x:1' }
    expect(causeOf({ metadata: odd })).toEqual({ kind: 'command', id: 'x:1' })
    const reaction = { ...sent, causationId: 'd/Order-1/c/0' }
    expect(causeOf({ metadata: reaction })).toEqual({ kind: 'event', id: 'd/Order-1/c/0' })
    const inAnother = { ...sent, causationId: 'r:4' }
    expect(causeOf({ metadata: inAnother })).toEqual({ kind: 'run', runId: 'r', seq: 4 })
  })

  it('have a column for every field, and show a time as one', () => {
    const rows: readonly Json[] = [{ id: 1, updatedAt: 1_767_600_000_000 }, { note: 'x', id: 2 }, 7]
    expect(columnsOf(rows)).toEqual(['id', 'updatedAt', 'note', 'value'])
    expect(cellText(rows[0] ?? null, 'updatedAt')).toMatch(/^05 Jan/)
    expect([cellText(rows[1] ?? null, 'updatedAt'), cellText(7, 'value')]).toEqual(['', '7'])
  })
})
