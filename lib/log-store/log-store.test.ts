import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { type LogFilter, matchesFilter } from '@/core/log/filter'
import type { EventAnswer } from '@/core/protocol'
import { PAGE_ROWS } from './log-pages'
import type { LogPorts } from './log-ports'
import { createLogStore } from './log-store'

/** Positions of a design have gaps: other designs have events too. */
const eventAt = (index: number): EventAnswer => ({
  position: index * 3 + 1,
  streamId: `Order-${index % 4}`,
  version: Math.floor(index / 4) + 1,
  type: index % 10 === 0 ? 'Refunded' : 'Placed',
  data: { index },
  metadata: { messageId: `m${index}`, correlationId: 'c', causationId: 'c', schemaVersion: 1 },
  recordedAt: 1_000 + index,
})

/** A log in memory that answers as the server does, in parts of a hundred events. */
function world(count: number) {
  const log = Array.from({ length: count }, (_, index) => eventAt(index))
  const asked: string[] = []
  let listener: ((events: readonly EventAnswer[]) => void) | null = null
  const ports: LogPorts = {
    async extent(place) {
      const last = log.at(-1)?.position ?? 0
      const found = log.findIndex((event) =>
        place === undefined
          ? false
          : 'time' in place
            ? event.recordedAt >= place.time
            : event.position >= place.position,
      )
      const at =
        found < 0 ? { rank: null, position: null } : { rank: found, position: log[found]?.position ?? 0 }
      return { events: log.length, first: 1, last, firstAt: 1_000, lastAt: 1_000 + log.length, ...at }
    },
    async ranked(rank, limit) {
      asked.push(`rank ${rank}`)
      return log.slice(rank, rank + limit)
    },
    at: async (positions) => log.filter(({ position }) => positions.includes(position)),
    async matches(filter, after) {
      const rest = log.filter(({ position }) => position > after)
      const part = rest.slice(0, 100)
      return {
        positions: part.filter((event) => matchesFilter(event, filter)).map(({ position }) => position),
        next: rest.length > 100 ? (part.at(-1)?.position ?? null) : null,
      }
    },
    follow(_after, onEvents) {
      listener = onEvents
      return () => {
        listener = null
      }
    },
  }
  return {
    ports,
    asked,
    log,
    tell(more: number) {
      const fresh = Array.from({ length: more }, () => {
        const event = eventAt(log.length)
        log.push(event)
        return event
      })
      listener?.(fresh)
    },
  }
}

async function opened(count: number, filter: LogFilter = {}) {
  const there = world(count)
  const store = createLogStore(there.ports, filter)
  const stop = store.getState().start()
  await vi.waitFor(() => expect(store.getState().status).toBe('ready'))
  return { ...there, store, stop }
}

const shown = (store: ReturnType<typeof createLogStore>, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, offset) => store.getState().eventAt(from + offset)?.position)

describe('the list of a log', () => {
  it('has a row for every event, and reads those that are in view', async () => {
    const { store, asked, log } = await opened(100_000)
    expect(store.getState().rows).toBe(100_000)
    store.getState().show(89_990, 90_010)
    await vi.waitFor(() => expect(store.getState().eventAt(90_010)).toBeDefined())
    expect(shown(store, 89_990, 90_010)).toEqual(log.slice(89_990, 90_011).map(({ position }) => position))
    expect(asked.every((one) => ['rank 89900', 'rank 90000'].includes(one))).toBe(true)
  })

  it('holds a bounded number of them, however far one goes', async () => {
    const { store } = await opened(30_000)
    for (let row = 0; row < 20_000; row += PAGE_ROWS) {
      const read = new Promise<void>((resolve) => {
        const stop = store.subscribe(({ eventAt: at }) => {
          if (at(row) === undefined) return
          stop()
          resolve()
        })
      })
      store.getState().show(row, row + 10)
      await read
    }
    const held = Array.from({ length: 20_000 }, (_, row) => store.getState().eventAt(row)).filter(Boolean)
    expect(held.length).toBeLessThanOrEqual(4_000)
  })

  it('passes over what was only dragged past', async () => {
    const { store, asked } = await opened(200_000)
    for (let row = 0; row < 180_000; row += 2_000) store.getState().show(row, row + 20)
    store.getState().show(180_000, 180_020)
    await vi.waitFor(() => expect(store.getState().eventAt(180_000)).toBeDefined())
    expect(asked.length).toBeLessThan(5)
  })

  it('grows at its end as events come, without reading them again', async () => {
    const { store, tell, log } = await opened(150)
    store.getState().show(140, 149)
    await vi.waitFor(() => expect(store.getState().eventAt(149)).toBeDefined())
    tell(120)
    expect(store.getState()).toMatchObject({ rows: 270, total: 270, following: true })
    expect(shown(store, 100, 269)).toEqual(log.slice(100, 270).map(({ position }) => position))
  })

  it('shows what a filter takes and nothing else, whatever comes while it searches', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<LogFilter>(
          { types: ['Refunded'] },
          { stream: 'Order-1' },
          { text: '7' },
          { text: 'no' },
        ),
        fc.integer({ min: 0, max: 500 }),
        fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 4 }),
        async (filter, count, comes) => {
          const { store, tell, log, stop } = await opened(count, filter)
          store.getState().show(0, 40)
          for (const more of comes) {
            tell(more)
            await Promise.resolve()
          }
          await vi.waitFor(() => expect(store.getState().searched).toBe(1))
          tell(11)
          const wanted = log.filter((event) => matchesFilter(event, filter))
          await vi.waitFor(() => expect(store.getState().rows).toBe(wanted.length))
          if (wanted.length > 0) {
            store.getState().show(0, wanted.length - 1)
            await vi.waitFor(() =>
              expect(shown(store, 0, wanted.length - 1)).toEqual(wanted.map(({ position }) => position)),
            )
          }
          stop()
        },
      ),
      { numRuns: 30 },
    )
  })

  it.each([{}, { stream: 'Order-1' }])(
    'reads a page again over which the list has grown: %j',
    async (filter) => {
      const there = world(92 * (filter.stream ? 4 : 1))
      let answer = (): void => undefined
      const held = new Promise<void>((resolve) => {
        answer = resolve
      })
      const slow = <A, T>(read: (...asked: A[]) => Promise<T>) => {
        return async (...asked: A[]) => {
          const found = await read(...asked)
          await held
          return found
        }
      }
      const { ranked, at } = there.ports
      const store = createLogStore({ ...there.ports, ranked: slow(ranked), at: slow(at) }, filter)
      store.getState().start()
      await vi.waitFor(() => expect(store.getState().rows).toBe(92))
      store.getState().show(0, 40)
      there.tell(filter.stream ? 40 : 10)
      await vi.waitFor(() => expect(store.getState().rows).toBe(102))
      answer()
      store.getState().show(0, 101)
      await vi.waitFor(() => expect(shown(store, 0, 101)).not.toContain(undefined))
    },
  )

  it('goes to a position and to a time, with a filter or without', async () => {
    const { store } = await opened(1_000)
    await store.getState().goTo({ position: 301 })
    expect(store.getState().cursor).toBe(100)
    await store.getState().goTo({ time: 1_500 })
    expect(store.getState()).toMatchObject({ cursor: 500, following: false })
    store.getState().setFilter({ types: ['Refunded'] })
    await vi.waitFor(() => expect(store.getState().searched).toBe(1))
    await store.getState().goTo({ time: 1_495 })
    expect(store.getState().cursor).toBe(50)
    expect(store.getState().missed).toBeNull()
    await store.getState().goTo({ position: 1e9 })
    expect(store.getState().missed).toEqual({ position: 1e9 })
    expect(store.getState().cursor).toBe(99)
  })

  it('lets go of the end when a row is chosen, and takes it up again', async () => {
    const { store, tell } = await opened(20)
    store.getState().show(0, 19)
    await vi.waitFor(() => expect(store.getState().eventAt(19)).toBeDefined())
    store.getState().choose(5)
    expect(store.getState()).toMatchObject({ following: false, chosen: { position: 16 } })
    tell(1)
    expect(store.getState()).toMatchObject({ cursor: 5, rows: 21 })
    store.getState().follow(true)
    expect(store.getState()).toMatchObject({ cursor: null, following: true })
  })

  it('forgets an earlier search when the filter changes', async () => {
    const { store, log } = await opened(3_000, { text: 'index' })
    store.getState().setFilter({ types: ['Refunded'] })
    store.getState().setFilter({})
    expect(store.getState()).toMatchObject({ rows: 3_000, searched: null })
    store.getState().setFilter({ stream: 'Order-2' })
    await vi.waitFor(() => expect(store.getState().searched).toBe(1))
    expect(store.getState().rows).toBe(log.filter(({ streamId }) => streamId === 'Order-2').length)
  })

  it('says when the log cannot be read', async () => {
    const { ports } = world(0)
    const store = createLogStore({ ...ports, extent: () => Promise.reject(new Error('gone')) })
    store.getState().start()
    await vi.waitFor(() => expect(store.getState()).toMatchObject({ status: 'error', error: 'gone' }))
  })
})
