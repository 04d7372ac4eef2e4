import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LogFilter, matchesFilter } from '@/core/log/filter'
import type { EventStore, LogScan } from './contract'
import { counter, positionsOf } from './testing'

const DESIGNS = ['d', 'other'] as const
const STREAMS = ['Order-1', 'Order-11', 'Cart-1', 'run-a'] as const
const TYPES = ['Placed', 'Paid', 'placed'] as const
const CORRELATIONS = ['a', 'A', 'b'] as const
const DATA = [null, { note: 'Straße' }, { note: 'STRASSE 50%' }, ['x_y', 'back\\slash', '"quoted"']] as const
const TEXTS = ['straSSe', 'Straße', '%', '_', 'note', '\\\\', '"', 'null', 'zz'] as const
const START = 1_000

const appended = fc.record({
  design: fc.constantFrom(...DESIGNS),
  stream: fc.constantFrom(...STREAMS),
  type: fc.constantFrom(...TYPES),
  correlation: fc.constantFrom(...CORRELATIONS),
  data: fc.constantFrom(...DATA),
  /** How the wall clock moves before it: back, too. */
  tick: fc.integer({ min: -2, max: 3 }),
})

const filters: fc.Arbitrary<LogFilter> = fc.record(
  {
    stream: fc.constantFrom(...STREAMS, 'Order-*', 'Order-1*', '*', 'None-1'),
    types: fc.subarray([...TYPES]),
    correlationId: fc.constantFrom(...CORRELATIONS),
    text: fc.constantFrom(...TEXTS),
    from: fc.integer({ min: -5, max: 30 }),
    to: fc.integer({ min: -5, max: 30 }),
  },
  { requiredKeys: [] },
)

const scans = fc.record(
  {
    filter: filters,
    after: fc.nat({ max: 45 }),
    before: fc.nat({ max: 45 }),
    direction: fc.constantFrom('forwards' as const, 'backwards' as const),
    limit: fc.integer({ min: 1, max: 12 }),
    most: fc.integer({ min: 1, max: 12 }),
  },
  { requiredKeys: ['limit', 'most'] },
)

/**
 * What every event store must do for those who look through a log.
 * @param open gives an empty store each time, with this clock
 */
export function describeLogReads(name: string, open: (now: () => number) => Promise<EventStore>): void {
  describe(`${name}, looked through`, () => {
    let store: EventStore
    let clock = START
    const next = counter()
    const append = async (streamId: string, type = 'Placed', designId = 'd') => {
      const metadata = { messageId: next(), correlationId: 'a', causationId: 'a', schemaVersion: 1 }
      const events = [{ type, data: { type }, metadata }]
      return (await store.append([{ designId, streamId, expectedVersion: 'any', events }])).events
    }
    beforeEach(async () => {
      clock = START
      store = await open(() => clock)
    })
    afterEach(() => store.close())

    it('answers as the filter in core does, in both directions, from anywhere, in slices of any size', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(appended, { maxLength: 40 }),
          fc.array(scans, { minLength: 5, maxLength: 10 }),
          async (log, asked) => {
            const round = next()
            const [base, began] = [await store.head(), clock]
            for (const { design, stream, type, correlation, data, tick } of log) {
              clock += tick
              const metadata = {
                messageId: next(),
                correlationId: correlation,
                causationId: 'c',
                schemaVersion: 1,
              }
              const events = [{ type, data, metadata }]
              const designId = round + design
              await store.append([{ designId, streamId: stream, expectedVersion: 'any', events }])
            }
            const designId = `${round}d`
            const all = await store.readAll(base, { designId })
            for (const one of asked) {
              const scan = moved(one, base, began)
              const { after = 0, before = Number.POSITIVE_INFINITY, filter = {} } = scan
              const wanted = all
                .filter((event) => event.position > after && event.position < before)
                .filter((event) => matchesFilter(event, filter))
              expect(await walk(store, designId, scan)).toEqual(
                positionsOf(scan.direction === 'backwards' ? wanted.reverse() : wanted),
              )
            }
          },
        ),
        { numRuns: 60 },
      )
    })

    it('looks at no more events than it may, and says where to go on', async () => {
      for (let index = 0; index < 10; index += 1) await append('s', index === 9 ? 'Rare' : 'Placed')
      const rare = { filter: { types: ['Rare'] }, limit: 5 }
      expect(await store.scan('d', { ...rare, most: 4 })).toEqual({ events: [], next: 4 })
      expect(await store.scan('d', { ...rare, most: 4, after: 4 })).toEqual({ events: [], next: 8 })
      expect(await store.scan('d', { ...rare, most: 4, after: 8 })).toMatchObject({
        events: [{ position: 10 }],
        next: null,
      })
      const backwards = { limit: 3, most: 100, direction: 'backwards', before: 9 } as const
      expect(await store.scanPositions('d', backwards)).toEqual({ positions: [8, 7, 6], next: 6 })
    })

    it('reads the events at positions, of this design only', async () => {
      await append('s')
      await append('s', 'Placed', 'other')
      await append('s')
      expect(positionsOf(await store.readAt('d', [3, 2, 1, 99]))).toEqual([1, 3])
      expect(await store.readAt('d', [])).toEqual([])
    })

    it('counts a stretch, as far as it may', async () => {
      for (const design of ['d', 'other', 'd', 'd']) await append('s', 'Placed', design)
      expect(await store.count('d', { after: 0, most: 100 })).toEqual({ events: 3, last: 4 })
      expect(await store.count('d', { after: 0, most: 2 })).toEqual({ events: 2, last: 3 })
      expect(await store.count('d', { after: 1, before: 4, most: 100 })).toEqual({ events: 1, last: 3 })
      expect(await store.count('d', { after: 4, most: 100 })).toEqual({ events: 0, last: 4 })
      expect(await store.count('none', { after: 0, most: 100 })).toEqual({ events: 0, last: 0 })
    })

    it('records times that never descend, though the clock be set back, and finds a position by them', async () => {
      for (const at of [10, 20, 15, 30]) {
        clock = at
        await append('s', 'Placed', at === 20 ? 'other' : 'd')
      }
      expect((await store.readAll(0)).map(({ recordedAt }) => recordedAt)).toEqual([10, 20, 20, 30])
      const found = await Promise.all([0, 10, 11, 20, 21, 30, 31].map((time) => store.positionAt('d', time)))
      expect(found).toEqual([1, 1, 3, 3, 4, 4, null])
      expect(await store.positionAt('none', 0)).toBeNull()
    })
  })
}

/** Goes on until it is at the end, as a caller would. */
async function walk(store: EventStore, designId: string, scan: LogScan): Promise<readonly number[]> {
  const seen: number[] = []
  let from = scan
  for (;;) {
    const slice = await store.scan(designId, from)
    const { positions, next } = await store.scanPositions(designId, from)
    expect({ positions, next }).toEqual({ positions: positionsOf(slice.events), next: slice.next })
    expect(slice.events.length).toBeLessThanOrEqual(Math.min(scan.limit, scan.most))
    seen.push(...positions)
    if (next === null) return seen
    from = scan.direction === 'backwards' ? { ...from, before: next } : { ...from, after: next }
  }
}

/** The same scan where this round's events are: at later positions, and later. */
function moved(scan: LogScan, base: number, began: number): LogScan {
  const { from, to, ...filter } = scan.filter ?? {}
  return {
    ...scan,
    ...(scan.after === undefined ? {} : { after: base + scan.after }),
    ...(scan.before === undefined ? {} : { before: base + scan.before }),
    filter: {
      ...filter,
      ...(from === undefined ? {} : { from: began + from }),
      ...(to === undefined ? {} : { to: began + to }),
    },
  }
}
