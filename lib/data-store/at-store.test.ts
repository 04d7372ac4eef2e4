import { describe, expect, it, vi } from 'vitest'
import type { AtPosition, EventAnswer } from '@/core/protocol'
import { type AtPorts, createAtStore, isLatest } from './at-store'

const EVENTS = [3, 5, 9]
const eventAt = (position: number): EventAnswer => ({
  position,
  streamId: 'Order-1',
  version: 1,
  type: 'Happened',
  data: {},
  metadata: { messageId: `m${position}`, correlationId: 'c', causationId: 'c', schemaVersion: 1 },
  recordedAt: position,
})

/** A server with three events, which answers when it is let. */
function server() {
  const waiting: (() => void)[] = []
  const asked: (number | null)[] = []
  const ports: AtPorts = {
    load: (position, { streams }) =>
      new Promise((resolve) => {
        asked.push(position)
        waiting.push(() => {
          const at = position ?? 9
          const last = EVENTS.findLast((one) => one <= at)
          const answer: AtPosition = {
            position: at,
            first: 3,
            head: 9,
            event: last === undefined ? null : eventAt(last),
            previous: EVENTS.findLast((one) => one < (last ?? 0)) ?? null,
            next: EVENTS.find((one) => one > at) ?? null,
            streams: streams.map((streamId) => ({
              kind: 'aggregate',
              streamId,
              aggregate: 'Order',
              key: streamId,
              version: 1,
              head: 1,
              state: null,
              problem: null,
            })),
            projections: [],
          }
          resolve(answer)
        })
      }),
  }
  const settle = async (loading: () => boolean) => {
    await vi.waitFor(() => {
      for (const answer of waiting.splice(0)) answer()
      expect(loading()).toBe(false)
    })
  }
  return { ports, asked, settle }
}

function open() {
  const { ports, asked, settle } = server()
  const store = createAtStore(ports, { position: null, streams: [], projections: [] })
  const done = () => settle(() => store.getState().loading)
  return { store, asked, done }
}

describe('the store of a position', () => {
  it('takes every step, also those asked for before the answer to the last is there', async () => {
    const { store, done } = open()
    store.getState().goTo(null)
    await done()
    expect(isLatest(store.getState())).toBe(true)
    for (let press = 0; press < 3; press += 1) store.getState().step(-1)
    await done()
    expect(store.getState().shown).toMatchObject({ position: 2, event: null })
    store.getState().step(1)
    store.getState().step(1)
    await done()
    expect(store.getState().shown?.position).toBe(5)
    expect(store.getState().before?.position).toBe(4)
  })

  it('asks only for where a drag has come to when it can, and shows that', async () => {
    const { store, asked, done } = open()
    for (let position = 9; position >= 4; position -= 1) store.getState().goTo(position)
    await done()
    expect(store.getState().shown?.position).toBe(4)
    expect(asked.filter((position) => position !== null && position > 5 && position < 8)).toEqual([])
  })

  it('shows no more at once than the server would', async () => {
    const { store, done } = open()
    for (let nth = 0; nth < 30; nth += 1) store.getState().toggle('streams', `Order-${nth}`)
    await done()
    expect(store.getState().shown?.streams).toHaveLength(20)
    store.getState().toggle('streams', 'Order-0')
    await done()
    expect(store.getState().streams).toHaveLength(19)
  })

  it('plays from the first event when it stands at the latest', async () => {
    const { store, done } = open()
    store.getState().goTo(null)
    await done()
    store.getState().play()
    await done()
    expect(store.getState()).toMatchObject({ playing: true, position: 3 })
    store.getState().goTo(5)
    expect(store.getState().playing).toBe(false)
  })
})
