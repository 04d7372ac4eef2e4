import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EventAnswer, TopicEvents } from '@/core/protocol'
import { designOf, storeDesign } from '../../engine/testing'
import { counter, event } from '../../store/testing'
import { type Client, type LiveServer, serveLive } from './testing'

let live: LiveServer
const nextId = counter('log')

beforeAll(async () => {
  live = await serveLive()
})
afterAll(async () => {
  await live.close()
  expect(live.faults).toEqual([])
  expect(live.wb.defects).toEqual([])
})

const newDesign = (): Promise<string> => storeDesign(live.wb, designOf([], []))

async function append(designId: string, count: number, streamId = 'Counter-a'): Promise<readonly number[]> {
  const events = Array.from({ length: count }, () => event(nextId(), 'Noted'))
  const answer = await live.wb.store.events.append([{ designId, streamId, expectedVersion: 'any', events }])
  return answer.events.map(({ position }) => position)
}

const heard = (messages: readonly TopicEvents[]): readonly number[] =>
  messages.flatMap((message) => (message.events as readonly EventAnswer[]).map(({ position }) => position))
const told = (client: Client, count: number) => client.until((messages) => heard(messages).length >= count)

describe("following a design's log", () => {
  it('gives every stream in order from a position on, and nothing of other designs', async () => {
    const [designId, other] = [await newDesign(), await newDesign()]
    const before = await append(designId, 3)
    await append(other, 2)
    const topic = `log:${designId}`
    const client = await live.client()
    expect(await client.subscribe(topic, before[0])).toEqual({ position: before[0] })
    await told(client, 2)
    await append(other, 1)
    const after = [...(await append(designId, 2, 'run-x')), ...(await append(designId, 1, 'Counter-b'))]
    await told(client, 5)
    expect(heard(client.messages)).toEqual([...before.slice(1), ...after])
    for (const message of client.messages) expect(message.position).toBe(heard([message]).at(-1))
  })

  it('may begin in an empty log, and ahead of it at its end', async () => {
    const designId = await newDesign()
    const client = await live.client()
    expect(await client.subscribe(`log:${designId}`, 1e9)).toEqual({ position: 0 })
    const positions = await append(designId, 2)
    await told(client, 2)
    expect(heard(client.messages)).toEqual(positions)
  })

  it('catches up over many pages while more is appended', async () => {
    const designId = await newDesign()
    const positions = [...(await append(designId, 900))]
    const client = await live.client()
    const subscribed = client.subscribe(`log:${designId}`)
    for (let index = 0; index < 20; index += 1)
      positions.push(...(await append(designId, 5, `Counter-${index % 3}`)))
    await subscribed
    await told(client, 1_000)
    expect(heard(client.messages)).toEqual(positions)
  })

  it('has no gap and no repeat, however often the connection is lost', async () => {
    const act = fc.record({ count: fc.integer({ min: 1, max: 300 }), drop: fc.boolean(), wait: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 6 }), async (acts) => {
        const designId = await newDesign()
        const topic = `log:${designId}`
        const expected: number[] = []
        const seen: number[] = []
        let client = await live.client()
        await client.subscribe(topic)
        for (const { count, drop, wait } of acts) {
          expected.push(...(await append(designId, count)))
          if (wait) await told(client, 1)
          if (!drop) continue
          client.socket.disconnect()
          seen.push(...heard(client.messages))
          client = await live.client()
          await client.subscribe(topic, seen.at(-1) ?? 0)
        }
        await told(client, expected.length - seen.length)
        expect([...seen, ...heard(client.messages)]).toEqual(expected)
      }),
      { numRuns: 15 },
    )
  })

  it('refuses the log of a design that is not there', async () => {
    const client = await live.client()
    expect(await client.subscribe('log:nobody')).toMatchObject({ error: { code: 'TOPIC_NOT_FOUND' } })
  })
})
