import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EventAnswer, ProjectionChange, RunSummary, TopicEvents } from '@/core/protocol'
import { actOnProjection } from '../../commands/projections'
import { actOnRun } from '../../commands/runs'
import { chain, designOf, runToEnd, start, step, storeDesign } from '../../engine/testing'
import { LIMITS } from '../../limits'
import { counter, event } from '../../store/testing'
import { type LiveServer, serveLive, upTo } from './testing'

let live: LiveServer
let designId: string
const nextId = counter('live')
const nextKey = counter('k')

beforeAll(async () => {
  live = await serveLive()
  designId = await storeDesign(live.wb, designOf([step('a'), step('b')], chain('start', 'a', 'b')))
})
afterAll(async () => {
  await live.close()
  expect(live.faults).toEqual([])
  expect(live.wb.defects).toEqual([])
})

async function append(streamId: string, count: number): Promise<void> {
  const events = Array.from({ length: count }, () => event(nextId(), 'Noted'))
  await live.wb.store.events.append([{ designId, streamId, expectedVersion: 'any', events }])
}

const position = (messages: readonly TopicEvents[]): number => messages.at(-1)?.position ?? 0

describe('following a stream', () => {
  it('gives what was missed, then what happens, in order, each message with its position', async () => {
    const stream = `Counter-${nextKey()}`
    const topic = `stream:${designId}/${stream}`
    await append(stream, 5)
    const client = await live.client()
    expect(await client.subscribe(topic, 2)).toEqual({ position: 2 })
    await client.until((messages) => position(messages) === 5)
    await append(stream, 3)
    await client.until((messages) => position(messages) === 8)
    expect(client.versions(topic)).toEqual(upTo(8, 2))
    for (const message of client.messages) {
      expect(position([message])).toBe((message.events.at(-1) as EventAnswer).version)
    }
  })

  it('may begin before the stream has any event', async () => {
    const stream = `Counter-${nextKey()}`
    const topic = `stream:${designId}/${stream}`
    const client = await live.client()
    expect(await client.subscribe(topic)).toEqual({ position: 0 })
    await append(stream, 2)
    await client.until((messages) => position(messages) === 2)
    expect(client.versions(topic)).toEqual([1, 2])
  })

  it('starts at the end for somebody who says to be beyond it', async () => {
    const stream = `Counter-${nextKey()}`
    const topic = `stream:${designId}/${stream}`
    await append(stream, 3)
    const client = await live.client()
    expect(await client.subscribe(topic, 1000)).toEqual({ position: 3 })
    await append(stream, 1)
    await client.until((messages) => position(messages) === 4)
    expect(client.versions(topic)).toEqual([4])
  })

  it('catches up over more events than one page holds while more are appended', async () => {
    const stream = `Counter-${nextKey()}`
    const topic = `stream:${designId}/${stream}`
    await append(stream, 900)
    const client = await live.client()
    const subscribed = client.subscribe(topic)
    for (let index = 0; index < 20; index += 1) await append(stream, 5)
    await subscribed
    await client.until((messages) => position(messages) === 1000)
    expect(client.versions(topic)).toEqual(upTo(1000))
  })

  it('hears nothing more after unsubscribing, and is taken up again where it was', async () => {
    const stream = `Counter-${nextKey()}`
    const topic = `stream:${designId}/${stream}`
    const client = await live.client()
    await client.subscribe(topic)
    await append(stream, 1)
    await client.until((messages) => position(messages) === 1)
    expect(await client.socket.emitWithAck('unsubscribe', { topic })).toEqual({})
    const witness = await live.client()
    await witness.subscribe(topic, 1)
    await append(stream, 2)
    await witness.until((messages) => position(messages) === 3)
    expect(client.versions(topic)).toEqual([1])
    await client.subscribe(topic, 1)
    await client.until((messages) => position(messages) === 3)
    expect(client.versions(topic)).toEqual([1, 2, 3])
  })

  it('asked for twice on one connection, answers from the second asking on and never twice at once', async () => {
    const stream = `Counter-${nextKey()}`
    const topic = `stream:${designId}/${stream}`
    await append(stream, 4)
    const client = await live.client()
    await Promise.all([client.subscribe(topic, 4), client.subscribe(topic, 3)])
    await append(stream, 2)
    await client.until((messages) => position(messages) === 6)
    expect(client.versions(topic)).toEqual([4, 5, 6])
  })

  it('has no gap and no repeat, however often the connection is lost while events are appended', async () => {
    const session = fc.record({
      appends: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 12 }),
      lose: fc.integer({ min: 0, max: 300 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(session, { minLength: 1, maxLength: 6 }), async (sessions) => {
        const stream = `Counter-${nextKey()}`
        const topic = `stream:${designId}/${stream}`
        const seen: number[] = []
        const appending = (async () => {
          for (const { appends } of sessions) for (const count of appends) await append(stream, count)
        })()
        const total = sessions.flatMap(({ appends }) => appends).reduce((sum, count) => sum + count, 0)
        let after = 0
        for (const { lose } of [...sessions.slice(1), { lose: Number.POSITIVE_INFINITY }]) {
          const client = await live.client()
          const wanted = Math.min(total, after + lose)
          await client.subscribe(topic, after)
          await client.until((messages) => position(messages) >= wanted || after >= wanted)
          client.socket.disconnect()
          seen.push(...client.versions(topic))
          after = seen.at(-1) ?? 0
        }
        await appending
        expect(seen).toEqual(upTo(total))
      }),
      { numRuns: 15 },
    )
  })
})

describe('batches', () => {
  it('sends at most one message every 16 ms, whatever is appended', async () => {
    const stream = `Counter-${nextKey()}`
    const topic = `stream:${designId}/${stream}`
    const client = await live.client()
    await client.subscribe(topic)
    const began = performance.now()
    for (let index = 0; index < 200; index += 1) await append(stream, 1)
    await client.until((messages) => position(messages) === 200)
    const most = Math.ceil((performance.now() - began) / LIMITS.socketBatchMs) + 1
    expect(client.messages.length).toBeLessThanOrEqual(most)
    expect(client.messages.length).toBeLessThan(200)
    expect(client.versions(topic)).toEqual(upTo(200))
  })
})

describe('following a run', () => {
  it('gives every event of it, as the list of its events does', async () => {
    const runId = await start(live.wb, designId, { mode: 'live' })
    const topic = `run:${runId}`
    const client = await live.client()
    expect(await client.subscribe(topic)).toEqual({ position: 0 })
    const types = () =>
      client.messages.flatMap(({ events }) => (events as EventAnswer[]).map(({ type }) => type))
    await client.until(() => types().includes('SagaCompleted'))
    expect(types()).toEqual([
      'SagaStarted',
      'StepStarted',
      'StepCompleted',
      'StepStarted',
      'StepCompleted',
      'SagaCompleted',
    ])
    expect(client.versions(topic)).toEqual(upTo(6))
  })
})

describe("following a design's runs", () => {
  const rowsOf = (messages: readonly TopicEvents[]): readonly RunSummary[] =>
    messages.flatMap(({ events }) => events as RunSummary[])

  it('gives the rows whose status changed after the position, then those that change', async () => {
    const own = await storeDesign(live.wb, designOf([step('a')], chain('start', 'a')))
    const first = await runToEnd(live.wb, own)
    await live.wb.runs.waitFor(await live.wb.store.events.head())
    const middle = await live.wb.store.events.head()
    const second = await runToEnd(live.wb, own)
    await live.wb.runs.waitFor(await live.wb.store.events.head())

    const all = await live.client()
    await all.subscribe(`runs:${own}`)
    await all.until((messages) => rowsOf(messages).length === 2)
    expect(new Set(rowsOf(all.messages).map(({ id }) => id))).toEqual(new Set([first.run.id, second.run.id]))

    const late = await live.client()
    await late.subscribe(`runs:${own}`, middle)
    await late.until((messages) => rowsOf(messages).length > 0)
    expect(rowsOf(late.messages)).toMatchObject([{ id: second.run.id, status: 'completed' }])

    const third = await runToEnd(live.wb, own)
    const hasEnded = (messages: readonly TopicEvents[]) =>
      rowsOf(messages).some(({ id, status }) => id === third.run.id && status === 'completed')
    await Promise.all([all.until(hasEnded), late.until(hasEnded)])
    const positions = late.messages.map((message) => message.position)
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b))
  })

  it('tells what a run waits for as that changes, also who comes later', async () => {
    const own = await storeDesign(live.wb, designOf([step('a'), step('b')], chain('start', 'a', 'b')))
    const client = await live.client()
    await client.subscribe(`runs:${own}`)
    const id = await start(live.wb, own, { mode: 'manual' })
    const heldAt = (nodeId: string) => (messages: readonly TopicEvents[]) =>
      rowsOf(messages).some(({ attention }) =>
        attention.some((one) => one.why === 'held' && one.nodeId === nodeId),
      )
    await client.until(heldAt('a'))
    await actOnRun(live.wb, id, { action: 'step' })
    await live.wb.runs.waitFor(await live.wb.store.events.head())
    const between = position(client.messages)
    await client.until(heldAt('b'))
    // The step succeeded: no status changed, and the row did all the same.
    const late = await live.client()
    await late.subscribe(`runs:${own}`, between)
    await late.until(heldAt('b'))
    await actOnRun(live.wb, id, { action: 'set-speed', mode: 'virtual' })
    const isOver = (messages: readonly TopicEvents[]) =>
      rowsOf(messages).some(({ status, needsPerson }) => status === 'completed' && needsPerson === 0)
    await Promise.all([client.until(isOver), late.until(isOver)])
  })

  it('says nothing of the runs of other designs', async () => {
    const own = await storeDesign(live.wb, designOf([step('a')], chain('start', 'a')))
    const client = await live.client()
    await client.subscribe(`runs:${own}`)
    await runToEnd(live.wb, designId)
    const mine = await runToEnd(live.wb, own)
    await client.until((messages) => rowsOf(messages).some(({ status }) => status === 'completed'))
    expect(new Set(rowsOf(client.messages).map(({ id }) => id))).toEqual(new Set([mine.run.id]))
  })

  it('misses no change of status when the connection is lost again and again while other designs are busy', async () => {
    const own = await storeDesign(live.wb, designOf([step('a')], chain('start', 'a')))
    const ids: string[] = []
    let running = true
    const work = (async () => {
      for (let index = 0; index < 12; index += 1) {
        const [{ run }] = await Promise.all([runToEnd(live.wb, own), runToEnd(live.wb, designId)])
        ids.push(run.id)
      }
      running = false
    })()
    const last = new Map<string, string>()
    let after = 0
    const missing = () => running || ids.some((id) => last.get(id) !== 'completed')
    while (missing()) {
      const client = await live.client()
      await client.subscribe(`runs:${own}`, after)
      await Promise.race([client.until((messages) => messages.length > 0), work])
      client.socket.disconnect()
      for (const { id, status } of rowsOf(client.messages)) last.set(id, status)
      after = Math.max(after, position(client.messages))
    }
    await work
    expect(new Set(last.keys())).toEqual(new Set(ids))
  })
})

describe('following a projection', () => {
  const changes = (messages: readonly TopicEvents[]): readonly ProjectionChange[] =>
    messages.flatMap(({ events }) => events as ProjectionChange[])

  async function add(own: string, key: string): Promise<void> {
    const events = [{ ...event(nextId(), 'Added'), data: { by: 1 } }]
    await live.wb.store.events.append([
      { designId: own, streamId: `Counter-${key}`, expectedVersion: 'any', events },
    ])
  }

  it('tells who is behind to read again, then the rows that change, with how far it is behind the log', async () => {
    const own = await storeDesign(live.wb, designOf([], []))
    await add(own, 'x')
    const first = await live.client()
    await first.subscribe(`projection:${own}/counts`)
    await first.until((messages) =>
      changes(messages).some(({ checkpoint, head }) => checkpoint > 0 && checkpoint === head),
    )
    const checkpoint = position(first.messages)

    const behind = await live.client()
    await behind.subscribe(`projection:${own}/counts`, checkpoint - 1)
    await behind.until((messages) => messages.length > 0)
    expect(changes(behind.messages)[0]).toMatchObject({
      reload: true,
      rows: {},
      checkpoint,
      head: checkpoint,
      status: 'running',
    })

    const present = await live.client()
    expect(await present.subscribe(`projection:${own}/counts`, checkpoint)).toEqual({ position: checkpoint })
    await add(own, 'x')
    await present.until((messages) => changes(messages).some(({ rows }) => 'x' in rows))
    expect(changes(present.messages).some(({ reload }) => reload)).toBe(false)
    expect(changes(present.messages).find(({ rows }) => 'x' in rows)?.rows).toEqual({ x: { count: 2 } })
  })

  it('tells of a pause, of a growing lag and of a rebuild', async () => {
    const own = await storeDesign(live.wb, designOf([], []))
    const client = await live.client()
    await client.subscribe(`projection:${own}/counts`)
    await actOnProjection(live.wb, own, 'counts', { action: 'pause' })
    await client.until((messages) => changes(messages).some(({ status }) => status === 'paused'))
    await add(own, 'y')
    await client.until((messages) => changes(messages).some(({ head, checkpoint }) => head > checkpoint))
    await actOnProjection(live.wb, own, 'counts', { action: 'resume' })
    await client.until((messages) => changes(messages).some(({ rows }) => 'y' in rows))
    const before = client.messages.length
    await actOnProjection(live.wb, own, 'counts', { action: 'rebuild' })
    await client.until((messages) => changes(messages.slice(before)).some(({ reload }) => reload === true))
  })
})
