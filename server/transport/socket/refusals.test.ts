import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SubscribeAck } from '@/core/protocol'
import { deleteDesign } from '../../commands/designs'
import { startRun } from '../../commands/runs'
import { designOf, storeDesign } from '../../engine/testing'
import { LIMITS } from '../../limits'
import { Hub } from './hub'
import { findTopic } from './open-source'
import { frameOf, openRaw, type RawClient } from './raw-client'
import { type LiveServer, serveLive } from './testing'

let live: LiveServer
let designId: string

beforeAll(async () => {
  live = await serveLive()
  designId = await storeDesign(live.wb, designOf([], []))
})
afterAll(async () => {
  await live.close()
  expect(live.faults).toEqual([])
  expect(live.wb.defects).toEqual([])
})

const codeOf = (ack: SubscribeAck): string => ('error' in ack ? ack.error.code : 'none')

async function raw(): Promise<RawClient> {
  const client = await openRaw(live.url)
  if (typeof client === 'number') throw new Error(`refused with ${client}`)
  client.text('40')
  await client.until((received) => received.some((text) => text.startsWith('40')))
  return client
}

/** The server still serves: a new client gets a subscription. */
async function isUp(): Promise<void> {
  const client = await live.client()
  expect(codeOf(await client.subscribe(`runs:${designId}`))).toBe('none')
}

describe('what the socket refuses', () => {
  it.each([
    ['no such kind', { topic: 'rows:x' }],
    ['no id', { topic: 'run:' }],
    ['a path in an id', { topic: 'run:../../etc/passwd' }],
    ['a line break', { topic: 'run:abc\n' }],
    ['a topic that is no text', { topic: { toString: 'run:a' } }],
    ['a topic that is too long', { topic: `stream:d/${'x'.repeat(300)}` }],
    ['a position below zero', { topic: 'run:abc', after: -1 }],
    ['a position that is no whole number', { topic: 'run:abc', after: 1.5 }],
    ['a position as text', { topic: 'run:abc', after: '1' }],
    ['a member nobody knows', { topic: 'run:abc', after: 0, more: true }],
    ['null', null],
    ['a list', []],
    ['a number', 3],
    ['nothing', undefined],
  ])('answers TOPIC_INVALID to %s', async (_what, message) => {
    const client = await live.client()
    expect(codeOf(await client.socket.emitWithAck('subscribe', message))).toBe('TOPIC_INVALID')
  })

  it('answers TOPIC_NOT_FOUND to a run, a design, a projection and a design of a stream that do not exist', async () => {
    const client = await live.client()
    for (const topic of [
      'run:nobody',
      'runs:nothing',
      'projection:nothing/counts',
      `projection:${designId}/nothing`,
      'stream:nothing/Counter-1',
    ]) {
      expect([topic, codeOf(await client.subscribe(topic))]).toEqual([topic, 'TOPIC_NOT_FOUND'])
    }
    expect(live.sockets.topics).toBe(0)
  })

  it('answers TOO_MANY_SUBSCRIPTIONS past the limit, until one is left', async () => {
    const client = await live.client()
    const topics = Array.from(
      { length: LIMITS.subscriptionsPerSocket },
      (_, index) => `stream:${designId}/Counter-${index}`,
    )
    const acks = await Promise.all(topics.map((topic) => client.subscribe(topic)))
    expect(new Set(acks.map(codeOf))).toEqual(new Set(['none']))
    expect(codeOf(await client.subscribe(`runs:${designId}`))).toBe('TOO_MANY_SUBSCRIPTIONS')
    // One it has already is no one more.
    expect(codeOf(await client.subscribe(topics[0] ?? ''))).toBe('none')
    await client.socket.emitWithAck('unsubscribe', { topic: topics[1] })
    expect(codeOf(await client.subscribe(`runs:${designId}`))).toBe('none')
  })

  it('gives a refused place back', async () => {
    const client = await live.client()
    for (let index = 0; index <= LIMITS.subscriptionsPerSocket; index += 1)
      await client.subscribe('run:nobody')
    expect(codeOf(await client.subscribe(`runs:${designId}`))).toBe('none')
  })

  it('ends the topics of a design that is deleted, tells who listened, and stays up', async () => {
    const gone = await storeDesign(live.wb, designOf([], []))
    const other = await live.client()
    await other.subscribe(`runs:${designId}`)
    const client = await live.client()
    const { id } = await startRun(live.wb, gone, { saga: 'main', input: {}, mode: 'manual', faults: [] })
    const topics = [
      `runs:${gone}`,
      `log:${gone}`,
      `run:${id}`,
      `stream:${gone}/Counter-1`,
      `projection:${gone}/counts`,
    ]
    for (const topic of topics) expect(codeOf(await client.subscribe(topic))).toBe('none')
    await deleteDesign(live.wb, gone, true)
    await expect.poll(() => client.closed.map(({ topic }) => topic).sort()).toEqual([...topics].sort())
    for (const { error } of client.closed)
      expect(error).toEqual({ code: 'TOPIC_NOT_FOUND', message: expect.stringContaining('deleted') })
    expect(other.closed).toEqual([])
    expect(codeOf(await client.subscribe(`runs:${gone}`))).toBe('TOPIC_NOT_FOUND')
    await isUp()
  })
})

it('ends a topic whose design went between its being found and its first listener', async () => {
  const gone = await storeDesign(live.wb, designOf([], []))
  const name = { kind: 'log', designId: gone } as const
  const found = await findTopic(live.wb, name)
  await deleteDesign(live.wb, gone, true)
  const hub = new Hub({ wb: live.wb, toRoom: () => undefined, onDefect: (error) => live.faults.push(error) })
  const ended = new Promise((resolve) => {
    const backlog = { events: 0, sent: () => undefined, isTooLong: () => false, whenGone: () => undefined }
    const [send, enter, leave] = [() => undefined, () => undefined, () => undefined]
    hub.join(`log:${gone}`, name, found, { backlog, send, enter, leave, end: resolve }, 0)
  })
  expect(await ended).toMatchObject({ code: 'TOPIC_NOT_FOUND' })
  expect(hub.size).toBe(0)
  hub.close()
})

describe('who may come in', () => {
  const own = () => new URL(live.url).host

  it('refuses a page of another site', async () => {
    for (const origin of [
      'http://evil.example',
      `http://${own()}.evil.example`,
      `https://${own()}0`,
      'null',
      'nonsense',
    ]) {
      expect([origin, await openRaw(live.url, { origin })]).toEqual([origin, 403])
    }
  })

  it('refuses a page whose name was made to lead here, and lets in by a name that is allowed', async () => {
    const rebound = { host: 'evil.example:3000', origin: 'http://evil.example:3000' }
    expect(await openRaw(live.url, rebound)).toBe(403)
    const allowed = { host: 'a.workbench.example', origin: 'https://a.workbench.example' }
    const client = await openRaw(live.url, allowed)
    expect(typeof client).toBe('object')
    if (typeof client === 'object') client.socket.destroy()
  })

  it('lets in its own page, and a program that has no page', async () => {
    const both: readonly Record<string, string>[] = [{ origin: `http://${own()}` }, {}]
    for (const headers of both) {
      const client = await openRaw(live.url, headers)
      expect(typeof client).toBe('object')
      if (typeof client === 'object') client.socket.destroy()
    }
  })

  it('speaks WebSocket only', async () => {
    const answer = await fetch(`${live.url}/socket.io/?EIO=4&transport=polling`)
    expect(answer.status).toBe(400)
  })
})

describe('garbage', () => {
  const garbage: readonly string[] = [
    '',
    '9',
    '4',
    '42',
    '42[',
    '42{}',
    '42[]',
    '42[null]',
    '42["subscribe"]',
    '42["subscribe",null,null]',
    '42["unsubscribe"]',
    '42["unsubscribe",{"topic":"__proto__"}]',
    '42["nothing",{}]',
    '420["subscribe",{"topic":"run:a","__proto__":{"after":1}}]',
    '42/elsewhere,["subscribe",{}]',
    '451-["subscribe",{"_placeholder":true,"num":0}]',
    '45999-[]',
    `42["subscribe",${'['.repeat(5_000)}${']'.repeat(5_000)}]`,
    '42["disconnect"]',
    '\u0000\uFFFF',
  ]

  it('in text never hurts: the connection ends or nothing happens, and the server serves', async () => {
    for (const text of garbage) {
      const client = await raw()
      client.text(text)
      client.text('420["subscribe",{"topic":"run:nobody"}]')
      await Promise.race([
        client.closed,
        client.until((received) => received.some((one) => one.startsWith('430'))),
      ])
      client.socket.destroy()
    }
    await isUp()
  })

  it('in bytes never hurts either', async () => {
    for (const bytes of [
      Buffer.alloc(64, 0xff),
      Buffer.from('GET / HTTP/1.1\r\n\r\n'),
      frameOf(Buffer.from('42["x"]')).subarray(0, 4),
    ]) {
      const client = await raw()
      client.bytes(bytes)
      client.socket.end()
      await client.closed
    }
    await isUp()
  })

  it('hangs up on a message over the limit', async () => {
    const client = await raw()
    client.text(`42["subscribe",{"topic":"${'x'.repeat(LIMITS.socketMessageBytes)}"}]`)
    await client.closed
    await isUp()
  })
})
