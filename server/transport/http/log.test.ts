import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LogFilter, matchesFilter } from '@/core/log/filter'
import type { EventAnswer } from '@/core/protocol'
import { designOf, storeDesign } from '../../engine/testing'
import { LIMITS } from '../../limits'
import { type HttpServer, serveHttp } from './testing'

const COUNT = 3_000
const started = 1_700_000_000_000
let server: HttpServer
let designId: string
/** The whole log, as the store gives it. */
let all: EventAnswer[]

beforeAll(async () => {
  server = await serveHttp()
  designId = await storeDesign(server.wb, designOf([], []))
  const other = await storeDesign(server.wb, designOf([], []))
  const { events } = server.wb.store
  for (let from = 0; from < COUNT; from += 100) {
    const appended = Array.from({ length: 100 }, (_, offset) => {
      const index = from + offset
      const metadata = {
        messageId: `m${index}`,
        correlationId: `c${index % 7}`,
        causationId: 'c',
        schemaVersion: 1,
      }
      const data = { index, note: index % 500 === 3 ? 'Rare glass' : 'plain' }
      return { type: index % 3 === 0 ? 'Placed' : 'Paid', data, metadata }
    })
    const streamId = `Order-${(from / 100) % 5}`
    await events.append([{ designId, streamId, expectedVersion: 'any', events: appended }])
    const foreign = appended.slice(0, 3).map((one) => ({
      ...one,
      metadata: { ...one.metadata, messageId: `x${one.metadata.messageId}` },
    }))
    await events.append([{ designId: other, streamId, expectedVersion: 'any', events: foreign }])
  }
  const pages = await Promise.all(
    [0, 1, 2, 3].map((page) =>
      events.scan(designId, { after: page * 1_000, before: page * 1_000 + 1_001, limit: 2_000, most: 2_000 }),
    ),
  )
  all = pages.flatMap((page) => page.events) as unknown as EventAnswer[]
  expect(all).toHaveLength(COUNT)
})
afterAll(() => server.close())

const positions = (events: unknown): readonly number[] =>
  (events as readonly EventAnswer[]).map(({ position }) => position)
const get = async (path: string) => {
  const { status, body } = await server.call('GET', `/api/designs/${designId}${path}`)
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}

const addressOf = ({ stream, types, correlationId, text, from, to }: LogFilter): string => {
  const query = new URLSearchParams()
  const said = { stream, type: types?.join(','), correlation: correlationId, text, from, to }
  for (const [name, value] of Object.entries(said)) if (value !== undefined) query.set(name, String(value))
  return query.toString()
}

const filters: fc.Arbitrary<LogFilter> = fc.record(
  {
    stream: fc.constantFrom('Order-1', 'Order-*', 'run-*', 'Order-9'),
    types: fc.constantFrom(['Placed'], ['Paid', 'Placed'], ['Gone']),
    correlationId: fc.constantFrom('c0', 'c6', 'none'),
    text: fc.constantFrom('RARE', 'plain', '"index":12', '%'),
    from: fc.constantFrom(0, started, Date.now() + 1e9),
    to: fc.constantFrom(0, Date.now() + 1e9),
  },
  { requiredKeys: [] },
)

describe("a design's log", () => {
  it('answers any filter as the same filter in the page does, page by page, either way', async () => {
    await fc.assert(
      fc.asyncProperty(
        filters,
        fc.boolean(),
        fc.integer({ min: 150, max: 500 }),
        async (filter, back, limit) => {
          const wanted = positions(all.filter((event) => matchesFilter(event, filter)))
          const seen: number[] = []
          let cursor = ''
          for (;;) {
            const page = await get(
              `/events?limit=${limit}&direction=${back ? 'backwards' : 'forwards'}&${addressOf(filter)}${cursor}`,
            )
            seen.push(...positions(page.items))
            if (page.next === null) break
            cursor = `&${back ? 'before' : 'after'}=${page.next}`
          }
          expect(seen).toEqual(back ? [...wanted].reverse() : wanted)
          expect((await get(`/log/matches?${addressOf(filter)}`)).positions).toEqual(wanted)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('says how far it reaches, and where a position or a time stands in it', async () => {
    const [first, last] = [all[0], all.at(-1)]
    expect(await get('/log')).toEqual({
      events: COUNT,
      first: first?.position,
      last: last?.position,
      firstAt: first?.recordedAt,
      lastAt: last?.recordedAt,
      rank: null,
      position: null,
    })
    const some = all[1_234]
    expect(await get(`/log?position=${some?.position}`)).toMatchObject({
      rank: 1_234,
      position: some?.position,
    })
    const foreign = (all[99]?.position ?? 0) + 1
    expect(await get(`/log?position=${foreign}`)).toMatchObject({ rank: 100, position: all[100]?.position })
    expect(await get(`/log?position=${(last?.position ?? 0) + 1}`)).toMatchObject({
      rank: null,
      position: null,
    })
    const at = some?.recordedAt ?? 0
    const rank = all.findIndex(({ recordedAt }) => recordedAt >= at)
    expect(await get(`/log?time=${at}`)).toMatchObject({ rank, position: all[rank]?.position })
  })

  it('gives events by place, and those at positions named', async () => {
    const page = await get('/log/events?rank=2000&limit=10')
    expect(positions(page.items)).toEqual(positions(all.slice(2_000, 2_010)))
    expect((await get(`/log/events?rank=${COUNT}`)).items).toEqual([])
    const some = [all[7]?.position, all[2_999]?.position]
    expect(positions((await get(`/log/events?positions=${some.join(',')}`)).items)).toEqual(some)
  })

  it('counts on as the log grows', async () => {
    const metadata = { messageId: 'late', correlationId: 'late', causationId: 'late', schemaVersion: 1 }
    const events = [{ type: 'Late', data: null, metadata }]
    await server.wb.store.events.append([{ designId, streamId: 's', expectedVersion: 'any', events }])
    expect(await get('/log')).toMatchObject({ events: COUNT + 1 })
    expect((await get(`/log/events?rank=${COUNT}`)).items).toMatchObject([{ type: 'Late' }])
  })

  it.each([
    '/events?stream=a*b',
    '/events?type=,',
    '/events?direction=up',
    '/events?text=',
    `/events?limit=${LIMITS.listMost + 1}`,
    `/log/events?positions=${Array.from({ length: LIMITS.logPositions + 1 }, () => 1).join(',')}`,
    '/log?time=soon',
  ])('refuses %s', async (path) => {
    const { status, body } = await server.call('GET', `/api/designs/${designId}${path}`)
    expect([status, body.code]).toEqual([400, 'INVALID_QUERY'])
  })

  it.each(['/events', '/log', '/log/events', '/log/matches?text=a'])(
    'knows no design it has not: %s',
    async (path) => {
      const { status, body } = await server.call('GET', `/api/designs/nobody${path}`)
      expect([status, body.code]).toEqual([404, 'DESIGN_NOT_FOUND'])
    },
  )
})
