import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WorkbenchError } from '@/core/errors'
import type { Json } from '@/core/json'
import { MessageIdReusedError, WrongExpectedVersionError } from '@/core/log/errors'
import type { RecordedEvent } from '@/core/log/event'
import type { EventStore } from './contract'
import { collect, counter, event, events, positionsOf } from './testing'

/**
 * What every event store must do. Each implementation's test runs it.
 * @param open gives an empty store each time
 */
export function describeEventStore(name: string, open: () => Promise<EventStore>): void {
  describe(name, () => {
    let store: EventStore
    const next = counter()
    beforeEach(async () => {
      store = await open()
    })
    afterEach(() => store.close())

    const append = (streamId: string, expectedVersion: number | 'no-stream' | 'any', count = 1) =>
      store.append([{ designId: 'd', streamId, expectedVersion, events: events(next, count) }])
    const all = () => store.readAll(0)

    describe('looking back', () => {
      it('finds the event of a design before a position, and none before its first', async () => {
        await append('a', 'no-stream', 2)
        await store.append([
          { designId: 'other', streamId: 'a', expectedVersion: 'no-stream', events: events(next, 1) },
        ])
        await append('b', 'no-stream')
        const before = async (position: number) => (await store.eventBefore('d', position))?.position ?? null
        expect(await Promise.all([1, 2, 3, 4, 99].map(before))).toEqual([null, 1, 2, 2, 4])
        expect(await store.eventBefore('nobody', 99)).toBeNull()
      })

      it('counts the streams of a design that begin alike', async () => {
        await append('order-1', 'no-stream', 3)
        await append('order-2', 'no-stream')
        await append('orders', 'no-stream')
        expect(await store.countStreams('d', 'order-')).toBe(2)
        expect(await store.countStreams('d', '')).toBe(3)
        expect(await store.countStreams('other', 'order-')).toBe(0)
      })

      it('counts the events of some types', async () => {
        await append('a', 'no-stream', 3)
        await store.append([
          { designId: 'd', streamId: 'b', expectedVersion: 'no-stream', events: [event('own', 'Other')] },
        ])
        expect(await store.countEvents('d', ['Happened'])).toBe(3)
        expect(await store.countEvents('d', ['Happened', 'Other', 'Never'])).toBe(4)
        expect(await store.countEvents('d', [])).toBe(0)
        expect(await store.countEvents('other', ['Happened'])).toBe(0)
      })
    })

    describe('append', () => {
      it('numbers events by stream and over the whole log, and gives them as recorded', async () => {
        await append('a', 'no-stream', 2)
        const answer = await append('b', 'no-stream')
        await append('a', 2)
        expect(answer).toMatchObject({
          repeated: false,
          events: [{ position: 3, version: 1, streamId: 'b' }],
        })
        const log = await all()
        expect(log.map(({ streamId, version }) => `${streamId}${version}`)).toEqual(['a1', 'a2', 'b1', 'a3'])
        expect(positionsOf(log)).toEqual([1, 2, 3, 4])
        expect(log[2]).toEqual(answer.events[0])
      })

      it('takes a number, no-stream, and any', async () => {
        await append('a', 0)
        await append('a', 1)
        await append('a', 'any', 2)
        await append('b', 'any')
        expect(await store.streamVersion('d', 'a')).toBe(4)
        expect(await store.streamVersion('d', 'b')).toBe(1)
        expect(await store.streamVersion('d', 'c')).toBe(0)
      })

      it.each([
        { expected: 1, actual: 2 },
        { expected: 3, actual: 2 },
        { expected: 'no-stream', actual: 2 },
      ] as const)('refuses $expected when the stream is at $actual, and writes nothing', async (one) => {
        await append('a', 'no-stream', 2)
        const error = await append('a', one.expected).catch((thrown: unknown) => thrown)
        expect(error).toBeInstanceOf(WrongExpectedVersionError)
        expect(error).toMatchObject({
          code: 'WRONG_EXPECTED_VERSION',
          streamId: 'a',
          expectedVersion: one.expected,
          actualVersion: 2,
        })
        expect(await store.head()).toBe(2)
        expect((await append('b', 'no-stream')).events[0]?.position).toBe(3)
      })

      it('appends to several streams, all or nothing', async () => {
        await append('b', 'no-stream')
        const both = (version: number) =>
          store.append([
            { designId: 'd', streamId: 'a', expectedVersion: 'no-stream', events: events(next, 2) },
            { designId: 'd', streamId: 'b', expectedVersion: version, events: events(next, 1) },
          ])
        await expect(both(0)).rejects.toBeInstanceOf(WrongExpectedVersionError)
        expect(await store.streamVersion('d', 'a')).toBe(0)
        const { events: recorded } = await both(1)
        expect(recorded.map(({ streamId, version }) => `${streamId}${version}`)).toEqual(['a1', 'a2', 'b2'])
      })

      it('counts versions within an append that names a stream twice', async () => {
        const twice = (second: number) =>
          store.append([
            { designId: 'd', streamId: 'a', expectedVersion: 0, events: events(next, 2) },
            { designId: 'd', streamId: 'a', expectedVersion: second, events: events(next, 1) },
          ])
        await expect(twice(0)).rejects.toMatchObject({ actualVersion: 2 })
        expect((await twice(2)).events.map(({ version }) => version)).toEqual([1, 2, 3])
      })

      it('keeps designs apart', async () => {
        const into = (designId: string) =>
          store.append([{ designId, streamId: 's', expectedVersion: 'no-stream', events: events(next, 1) }])
        await into('d1')
        await into('d2')
        expect(await store.read('d1', 's')).toHaveLength(1)
        expect(positionsOf(await store.readAll(0, { designId: 'd2' }))).toEqual([2])
      })

      it('lets exactly one of many with the same expectation through', async () => {
        const answers = await Promise.allSettled(Array.from({ length: 20 }, () => append('a', 'no-stream')))
        const refused = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
        expect(refused).toHaveLength(19)
        for (const error of refused)
          expect(error).toMatchObject({ code: 'WRONG_EXPECTED_VERSION', actualVersion: 1 })
        expect(positionsOf(await all())).toEqual([1])
      })

      it('gives back any JSON as it was', async () => {
        await fc.assert(
          fc.asyncProperty(fc.jsonValue(), fc.string({ unit: 'grapheme' }), async (value, text) => {
            const data: Json = JSON.parse(JSON.stringify({ value, text }))
            const one = { ...event(next()), data }
            const at = { designId: 'json', streamId: 's', expectedVersion: 'any' as const }
            const { events: recorded } = await store.append([{ ...at, events: [one] }])
            const [read] = await store.readAll((recorded[0]?.position ?? 0) - 1)
            expect(read?.data).toEqual(data)
          }),
          { numRuns: 60 },
        )
      })

      it('keeps the metadata, with and without a user', async () => {
        const metadata = { messageId: 'm', correlationId: 'c', causationId: 'x', schemaVersion: 3 }
        const one = { type: 'T', data: null, metadata }
        const other = { ...one, metadata: { ...metadata, messageId: 'n', userId: 'Ada' } }
        await store.append([{ designId: 'd', streamId: 's', expectedVersion: 0, events: [one, other] }])
        const read = await store.read('d', 's')
        expect(read.map((recorded) => recorded.metadata)).toEqual([one.metadata, other.metadata])
      })
    })

    describe('message ids', () => {
      it('answers a repeated append with what was first recorded, whatever the version is now', async () => {
        const first = [{ designId: 'd', streamId: 'a', expectedVersion: 0, events: events(next, 2) }] as const
        const { events: recorded } = await store.append(first)
        await append('a', 2)
        expect(await store.append(first)).toEqual({ events: recorded, repeated: true })
        expect(await store.head()).toBe(3)
      })

      it('records a message once when it is sent many times at once', async () => {
        const one = [
          { designId: 'd', streamId: 'a', expectedVersion: 'any', events: events(next, 1) },
        ] as const
        const answers = await Promise.all(Array.from({ length: 10 }, () => store.append(one)))
        expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1)
        expect(new Set(answers.flatMap((answer) => positionsOf(answer.events)))).toEqual(new Set([1]))
      })

      it('refuses an append of which only a part is in the log', async () => {
        const [old, fresh] = [event(next()), event(next())]
        const at = { designId: 'd', streamId: 'a' }
        await store.append([{ ...at, expectedVersion: 0, events: [old] }])
        const partly = store.append([{ ...at, expectedVersion: 1, events: [old, fresh] }])
        await expect(partly).rejects.toBeInstanceOf(MessageIdReusedError)
        expect(await store.head()).toBe(1)
      })

      it('refuses a message id that stands for something else', async () => {
        const one = event(next())
        const into = (streamId: string, type = one.type) =>
          store.append([{ designId: 'd', streamId, expectedVersion: 'any', events: [{ ...one, type }] }])
        await into('a')
        await expect(into('b')).rejects.toMatchObject({ code: 'MESSAGE_ID_REUSED' })
        await expect(into('a', 'Other')).rejects.toMatchObject({ code: 'MESSAGE_ID_REUSED' })
        const twice = [{ designId: 'd', streamId: 'c', expectedVersion: 0, events: [event('x'), event('x')] }]
        await expect(store.append(twice)).rejects.toMatchObject({ code: 'MESSAGE_ID_REUSED', messageId: 'x' })
        expect(await store.head()).toBe(1)
      })
    })

    describe('read', () => {
      const versions = (read: readonly RecordedEvent[]) => read.map(({ version }) => version)
      beforeEach(() => append('a', 'no-stream', 5))

      it.each([
        { options: {}, gives: [1, 2, 3, 4, 5] },
        { options: { from: 2, to: 4 }, gives: [2, 3, 4] },
        { options: { from: 4, limit: 1 }, gives: [4] },
        { options: { from: 6 }, gives: [] },
        { options: { direction: 'backwards', limit: 2 }, gives: [5, 4] },
        { options: { direction: 'backwards', from: 4, to: 2 }, gives: [4, 3, 2] },
      ] as const)('gives $gives for $options', async ({ options, gives }) => {
        expect(versions(await store.read('d', 'a', options))).toEqual(gives)
      })

      it('gives nothing of a stream that is not there', async () => {
        expect(await store.read('d', 'nope')).toEqual([])
      })

      it('reads all after a position, up to a limit, of some types', async () => {
        const typed = events(next, 2).map((one) => ({ ...one, type: 'Rare' }))
        await store.append([{ designId: 'd', streamId: 'b', expectedVersion: 0, events: typed }])
        expect(positionsOf(await store.readAll(2, { limit: 2 }))).toEqual([3, 4])
        expect(positionsOf(await store.readAll(0, { types: ['Rare'] }))).toEqual([6, 7])
        expect(positionsOf(await store.readAll(6, { designId: 'd', types: ['Rare', 'None'] }))).toEqual([7])
        expect(await store.readAll(7)).toEqual([])
      })

      it('tells one story of a design, in order and page by page, whatever the streams', async () => {
        const told = (correlationId: string) => {
          const own = event(next())
          return { ...own, metadata: { ...own.metadata, correlationId } }
        }
        const stories = [told('one'), told('two'), told('one'), told('one')]
        await store.append([
          { designId: 'd', streamId: 'b', expectedVersion: 0, events: stories.slice(0, 2) },
        ])
        await store.append([
          { designId: 'd', streamId: 'c', expectedVersion: 0, events: stories.slice(2) },
          { designId: 'other', streamId: 'c', expectedVersion: 0, events: [told('one')] },
        ])
        expect(positionsOf(await store.story('d', 'one'))).toEqual([6, 8, 9])
        expect(positionsOf(await store.story('d', 'one', { after: 6, limit: 1 }))).toEqual([8])
        expect(positionsOf(await store.story('other', 'one'))).toEqual([10])
        expect(await store.story('d', 'three')).toEqual([])
      })

      it('lists streams, newest activity first, by prefix and page', async () => {
        await append('b', 'no-stream')
        await append('run-1', 'no-stream')
        await append('a', 5)
        const ids = async (options: Parameters<EventStore['streams']>[1]) =>
          (await store.streams('d', options)).map(({ streamId }) => streamId)
        expect(await ids({})).toEqual(['a', 'run-1', 'b'])
        const [first] = await store.streams('d', { limit: 1 })
        expect(first).toMatchObject({ streamId: 'a', version: 6, position: 8 })
        expect(await ids({ after: first?.position ?? 0 })).toEqual(['run-1', 'b'])
        expect(await ids({ prefix: 'run-' })).toEqual(['run-1'])
        expect(await store.streams('other')).toEqual([])
      })
    })

    describe('subscribe', () => {
      it('catches up, then goes live', async () => {
        await append('a', 'no-stream', 3)
        const seen = collect(store, 1)
        await seen.until(2)
        await append('a', 3)
        await seen.until(3)
        expect(positionsOf(seen.events)).toEqual([2, 3, 4])
      })

      it('narrows to a design or a stream', async () => {
        const design = collect(store, 0, { designId: 'd' })
        const stream = collect(store, 0, { designId: 'd', streamId: 'b' })
        await store.append([{ designId: 'x', streamId: 'b', expectedVersion: 0, events: events(next, 1) }])
        await append('a', 'no-stream')
        await append('b', 'no-stream')
        await Promise.all([design.until(2), stream.until(1)])
        expect(positionsOf(design.events)).toEqual([2, 3])
        expect(positionsOf(stream.events)).toEqual([3])
      })

      it('waits for a slow subscriber and gives it nothing twice', async () => {
        let under = 0
        const seen = collect(store, 0, {}, async () => {
          under += 1
          expect(under).toBe(1)
          await new Promise((resolve) => setImmediate(resolve))
          under -= 1
        })
        for (let index = 0; index < 20; index += 1) await append(`s${index}`, 'no-stream')
        await seen.until(20)
        expect(positionsOf(seen.events)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
      })

      it('delivers nothing after it was closed', async () => {
        const closed = collect(store, 0)
        const open_ = collect(store, 0)
        closed.close()
        await append('a', 'no-stream')
        await open_.until(1)
        expect(closed.events).toEqual([])
      })

      it.each(['STORE_UNAVAILABLE', 'STORE_FULL'] as const)(
        'waits out %s and gives the batch again',
        async (code) => {
          let refusals = 2
          const seen = collect(store, 0, {}, async () => {
            refusals -= 1
            if (refusals >= 0) throw new WorkbenchError(code, 'not now')
          })
          await append('a', 'no-stream')
          await append('b', 'no-stream')
          await seen.until(2)
          expect(refusals).toBeLessThan(0)
          expect(positionsOf(seen.events)).toEqual([1, 2])
        },
      )

      it('ends when the subscriber throws, tells why, and spares the others', async () => {
        const error = await new Promise((resolve) => {
          const fails = () => {
            throw new Error('mine')
          }
          store.subscribe(0, fails, { onError: resolve })
          void append('a', 'no-stream')
        })
        expect(error).toMatchObject({ message: 'mine' })
        const seen = collect(store, 0)
        await seen.until(1)
      })

      it('has no gap and no repeat, however appends, conflicts and subscriptions interleave', async () => {
        const action = fc.record({
          stream: fc.integer({ min: 0, max: 3 }),
          expected: fc.constantFrom('any' as const, 'no-stream' as const, 1, 2),
          count: fc.integer({ min: 1, max: 4 }),
          pause: fc.boolean(),
          subscribe: fc.boolean(),
        })
        await fc.assert(
          fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 25 }), async (actions) => {
            const start = await store.head()
            const round = next()
            const subscriptions: ReturnType<typeof collect>[] = []
            const answers: Promise<unknown>[] = []
            for (const one of actions) {
              if (one.subscribe) subscriptions.push(collect(store, start))
              answers.push(append(`${round}-${one.stream}`, one.expected, one.count).catch(() => null))
              if (one.pause) await answers.at(-1)
            }
            subscriptions.push(collect(store, start))
            await Promise.all(answers)
            const log = await store.readAll(start)
            const expected = log.map((_, index) => start + 1 + index)
            expect(positionsOf(log)).toEqual(expected)
            expect(await store.head()).toBe(start + log.length)
            for (const subscription of subscriptions) {
              await subscription.until(log.length)
              expect(positionsOf(subscription.events)).toEqual(expected)
              subscription.close()
            }
          }),
          { numRuns: 40 },
        )
      })
    })

    it('refuses appends once it is closed', async () => {
      await store.close()
      await expect(append('a', 'no-stream')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    })
  })
}
