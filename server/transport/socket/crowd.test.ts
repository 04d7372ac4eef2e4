import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EventAnswer, TopicEvents } from '@/core/protocol'
import { designOf, storeDesign } from '../../engine/testing'
import { LIMITS } from '../../limits'
import { counter, event } from '../../store/testing'
import { openRaw } from './raw-client'
import { connect, type LiveServer, serveLive, upTo } from './testing'

let live: LiveServer
let designId: string
const nextId = counter('crowd')

beforeAll(async () => {
  live = await serveLive()
  designId = await storeDesign(live.wb, designOf([], []))
})
afterAll(async () => {
  await live.close()
  expect(live.faults).toEqual([])
  expect(live.wb.defects).toEqual([])
})

async function append(streamId: string, count: number, padding = ''): Promise<void> {
  const events = Array.from({ length: count }, () => ({ ...event(nextId(), 'Noted'), data: { padding } }))
  await live.wb.store.events.append([{ designId, streamId, expectedVersion: 'any', events }])
}

const position = (messages: readonly TopicEvents[]): number => messages.at(-1)?.position ?? 0

describe('a room', () => {
  it('tells 50 clients the same, whenever they came, and goes when the last has left', async () => {
    const topic = `stream:${designId}/Counter-room`
    const clients = await Promise.all(Array.from({ length: 50 }, () => connect(live.url)))
    const appending = (async () => {
      for (let index = 0; index < 100; index += 1) await append('Counter-room', 5)
    })()
    await Promise.all(clients.map((client) => client.subscribe(topic)))
    await appending
    await Promise.all(clients.map((client) => client.until((messages) => position(messages) === 500)))
    for (const client of clients) expect(client.versions(topic)).toEqual(upTo(500))
    expect(live.sockets.topics).toBe(1)
    for (const { socket } of clients) socket.disconnect()
    await expect.poll(() => live.sockets.topics).toBe(0)
  })
})

describe('a client that does not read', () => {
  it('is sent a bounded amount, holds nobody up, and gets everything once it reads', async () => {
    const stream = 'Counter-slow'
    const topic = `stream:${designId}/${stream}`
    const slow = await openRaw(live.url)
    if (typeof slow === 'number') throw new Error(`refused with ${slow}`)
    slow.text('40')
    await slow.until((received) => received.some((text) => text.startsWith('40')))
    slow.text(`421["subscribe",{"topic":"${topic}"}]`)
    await slow.until((received) => received.some((text) => text.startsWith('431')))
    slow.socket.pause()

    const quick = await live.client()
    await quick.subscribe(topic)
    const total = 9_000
    let most = 0
    for (let done = 0; done < total; done += 500) {
      await append(stream, 500, 'x'.repeat(4_000))
      await quick.until((messages) => position(messages) === done + 500)
      most = Math.max(most, live.sockets.unsent)
    }
    expect(quick.versions(topic)).toEqual(upTo(total))
    // It did fall behind, and what waits for it is the limit and the message that went over it.
    expect(most).toBeGreaterThan(LIMITS.socketBacklogEvents)
    expect(most).toBeLessThanOrEqual(LIMITS.socketBacklogEvents + LIMITS.socketMessageEvents)

    slow.socket.resume()
    const versions = () =>
      slow.received
        .filter((text) => text.startsWith('42'))
        .flatMap((text) => (JSON.parse(text.slice(2)) as [string, TopicEvents])[1].events as EventAnswer[])
        .map(({ version }) => version)
    await slow.until((received) => received.at(-1)?.includes(`"position":${total}}]`) ?? false)
    expect(versions()).toEqual(upTo(total))
    await append(stream, 1)
    await slow.until((received) => received.at(-1)?.includes(`"position":${total + 1}}]`) ?? false)
    expect(versions()).toEqual(upTo(total + 1))
    slow.socket.destroy()
  }, 60_000)
})
