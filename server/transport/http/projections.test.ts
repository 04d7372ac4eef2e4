import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DesignInput } from '@/core/design/document'
import { designOf } from '../../engine/testing'
import { LIMITS } from '../../limits'
import { type HttpServer, type Reply, serveHttp } from './testing'

let http: HttpServer
let id: string
beforeAll(async () => {
  http = await serveHttp()
  id = await create()
})
afterAll(async () => {
  await http.close()
  expect(http.defects).toEqual([])
  expect(http.wb.defects).toEqual([])
})

const orders: NonNullable<DesignInput['projections']>[number] = {
  id: 'orders',
  key: '({ data }) => data.commandId',
  on: {
    Added:
      "(row, { data }) => ({ total: data.by, status: data.by % 2 ? 'odd' : 'even', customer: { name: 'c' + (data.by % 3) } })",
  },
  queries: [
    {
      id: 'totals',
      schema: { type: 'object', properties: { status: { type: 'string' } }, additionalProperties: false },
      answer: `(rows, { status }) => {
  const wanted = rows.filter(({ row }) => status === undefined || row.status === status)
  return { keys: wanted.map(({ key }) => key), total: wanted.reduce((sum, { row }) => sum + row.total, 0) }
}`,
    },
    { id: 'broken', answer: '(rows) => {\n  return rows[99].row\n}' },
    { id: 'endless', answer: '() => { for (;;) {} }' },
    { id: 'odd', answer: '() => () => 1' },
    { id: 'refuses', answer: "() => fail('Closed', 'ask tomorrow')" },
  ],
}

async function create(): Promise<string> {
  const document = designOf([], [], { projections: [orders] })
  const made = String((await http.call('POST', '/api/designs', { document })).body.id)
  for (const by of [5, 2, 8, 3, 6]) await add(made, by)
  return made
}
/** @returns the position of what was written */
async function add(of: string, by: number): Promise<number> {
  const { body } = await http.call('POST', `/api/designs/${of}/aggregates/Counter/c/commands`, {
    type: 'Add',
    payload: { by },
    commandId: `o${by}`,
  })
  const [event] = body.events as readonly { readonly position: number }[]
  return event?.position ?? 0
}
const rows = (query: Readonly<Record<string, string | number>>, of = id): Promise<Reply> =>
  http.call(
    'GET',
    `/api/designs/${of}/projections/orders/rows?${new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]))}`,
  )
const keys = ({ body }: Reply): readonly string[] =>
  (body.items as readonly { readonly key: string }[]).map(({ key }) => key)
const act = (of: string, action: unknown) =>
  http.call('POST', `/api/designs/${of}/projections/orders/actions`, action)
const ask = (query: string, params: unknown = {}, more = '') =>
  http.call('POST', `/api/designs/${id}/projections/orders/queries/${query}${more}`, { params })
const headOf = async (): Promise<number> => http.wb.store.events.head()

describe('rows of a projection', () => {
  it('are filtered and sorted on their fields, and paged by an opaque cursor', async () => {
    await rows({ atLeast: await headOf() })
    expect(keys(await rows({}))).toEqual(['o2', 'o3', 'o5', 'o6', 'o8'])
    expect(keys(await rows({ filter: 'status eq even and total gt 2', sort: '-total' }))).toEqual([
      'o8',
      'o6',
    ])
    expect(keys(await rows({ sort: 'customer.name,-total' }))).toEqual(['o6', 'o3', 'o8', 'o5', 'o2'])
    const paged: string[] = []
    for (let after = ''; ; ) {
      const reply = await rows({ sort: 'status,-total', limit: 2, ...(after === '' ? {} : { after }) })
      paged.push(...keys(reply))
      if (reply.body.next === null) break
      after = String(reply.body.next)
    }
    expect(paged).toEqual(['o8', 'o6', 'o2', 'o5', 'o3'])
  })

  it('are refused for a filter, a sort or a cursor that makes no sense, with what does', async () => {
    const refused = async (query: Readonly<Record<string, string | number>>) => {
      const { status, body } = await rows(query)
      expect([status, body.code]).toEqual([400, 'INVALID_QUERY'])
      return String(body.detail)
    }
    expect(await refused({ filter: 'status=even' })).toMatch(/Operators: eq, ne, lt/)
    expect(await refused({ filter: "total'); DROP TABLE ProjectionRow -- eq 1" })).toMatch(/Operators/)
    expect(await refused({ sort: 'total desc' })).toMatch(/-total,status/)
    expect(await refused({ after: 'o3' })).toMatch(/cursor/)
    const { body } = await rows({ sort: 'total', limit: 1 })
    expect(await refused({ sort: '-total', after: String(body.next) })).toMatch(/same filter and sort/)
    const many = (count: number, text: string, by: string) =>
      Array.from({ length: count }, () => text).join(by)
    expect(await refused({ filter: many(LIMITS.filterConditions + 1, 'a eq 1', ' and ') })).toMatch(
      /at most 20/,
    )
    expect(await refused({ sort: many(LIMITS.sortFields + 1, 'a', ',') })).toMatch(/at most 4/)
    expect(await refused({ filter: `a eq ${'x'.repeat(LIMITS.filterChars)}` })).toMatch(/filter/)
    expect(keys(await rows({}))).toHaveLength(5)
  })
})

describe('a query handler', () => {
  it('answers from the rows in order of their keys, asked by POST or by GET', async () => {
    const answer = await ask('totals', { status: 'odd' }, `?atLeast=${await headOf()}`)
    expect(answer.body).toMatchObject({ result: { keys: ['o3', 'o5'], total: 8 }, rows: 5 })
    const got = await http.call(
      'GET',
      `/api/designs/${id}/projections/orders/queries/totals?params=${encodeURIComponent('{"status":"even"}')}`,
    )
    expect(got.body.result).toEqual({ keys: ['o2', 'o6', 'o8'], total: 16 })
  })

  it('says what is wrong: no such query, parameters, the code at its line, or its own refusal', async () => {
    expect((await ask('nothing')).body).toMatchObject({
      code: 'QUERY_NOT_FOUND',
      detail: expect.stringMatching(/totals, broken/),
    })
    expect((await ask('totals', { status: 7 })).body).toMatchObject({
      code: 'QUERY_PARAMS_INVALID',
      issues: [{ path: ['status'] }],
    })
    expect((await ask('broken')).body).toMatchObject({
      code: 'CODE_THREW',
      fn: 'projection.orders.query.broken',
      line: 2,
    })
    expect((await ask('endless')).body.code).toMatch(/^CODE_(OUT_OF_FUEL|TIMEOUT)$/)
    expect((await ask('odd')).body.code).toBe('CODE_RESULT_NOT_JSON')
    expect((await ask('refuses')).body).toMatchObject({ code: 'QUERY_REFUSED', refusal: { code: 'Closed' } })
    const got = await http.call('GET', `/api/designs/${id}/projections/orders/queries/totals?params={`)
    expect(got.body.code).toBe('INVALID_QUERY')
  })
})

describe('a read that asks for a position', () => {
  it('waits until the projection has come so far, where another is answered at once and is stale', async () => {
    const own = await create()
    await rows({ atLeast: await headOf() }, own)
    await act(own, { action: 'set-delay', delayMs: 300 })
    const position = await add(own, 10)
    const stale = await rows({}, own)
    expect(keys(stale)).not.toContain('o10')
    expect(stale.body.checkpoint).toBeLessThan(position)
    const fresh = await rows({ atLeast: position }, own)
    expect(keys(fresh)).toContain('o10')
    expect(fresh.body.checkpoint).toBe(position)
  })

  it('gives up after the time it was given, and at once where waiting is no use', async () => {
    const own = await create()
    await rows({ atLeast: await headOf() }, own)
    await act(own, { action: 'set-delay', delayMs: 60_000 })
    const position = await add(own, 10)
    expect((await rows({ atLeast: position, waitMs: 30 }, own)).body).toMatchObject({
      code: 'PROJECTION_BEHIND',
      atLeast: position,
      projection: { status: 'running' },
    })
    await act(own, { action: 'pause' })
    expect((await rows({ atLeast: position, waitMs: 30_000 }, own)).body).toMatchObject({
      code: 'PROJECTION_BEHIND',
      projection: { status: 'paused' },
    })
    expect((await rows({ atLeast: 10_000_000 }, own)).body.code).toBe('INVALID_QUERY')
    expect((await rows({ atLeast: 0, waitMs: LIMITS.readWaitMostMs + 1 }, own)).body.code).toBe(
      'INVALID_QUERY',
    )
  })

  it('is content with a position behind which another design wrote', async () => {
    const other = await create()
    await rows({ atLeast: await headOf() })
    const position = await add(other, 11)
    expect((await rows({ atLeast: position })).status).toBe(200)
  })
})
