import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EventAnswer } from '@/core/protocol'
import { templates } from '@/examples'
import { routes } from './routes'
import { type HttpServer, serveHttp } from './testing'

/** A busy machine takes its time. */
const WHILE = { timeout: 10_000 }

let http: HttpServer
let designId: string
let runId: string
const asked = new Set<string>()

beforeAll(async () => {
  http = await serveHttp()
})
afterAll(async () => {
  await http.close()
  expect([...http.defects, ...http.wb.defects]).toEqual([])
})

/** A call that must succeed, by the line of the table it stands for. */
async function call(
  line: string,
  path: string,
  body?: unknown,
  headers = {},
): Promise<Readonly<Record<string, unknown>>> {
  const [method = ''] = line.split(' ')
  const answer = await http.call(method, path, body, headers)
  expect([line, answer.status, answer.status < 300 || answer.body]).toEqual([line, expect.any(Number), true])
  const schema = routes.find((one) => `${one.method} ${one.path}` === line)?.answer
  if (schema && answer.status !== 204)
    expect([line, schema.safeParse(answer.body).error?.issues]).toEqual([line, undefined])
  asked.add(line)
  return answer.body
}

const design = '/api/designs/{id}'
const items = (body: Readonly<Record<string, unknown>>) =>
  body.items as readonly Readonly<Record<string, unknown>>[]

describe('a query', () => {
  it.each([
    '/api/runs/x?seq=',
    '/api/runs/x?seq=%20',
    '/api/runs/x?seq=0x1',
    '/api/runs/x?seq=1.5',
    '/api/designs/x/aggregates/a/k?version=',
    '/api/designs/x/aggregates/a/k?at=',
    '/api/designs/x/events?after=',
    '/api/designs?limit=',
    '/api/designs/x/events?from=',
  ])('without a number where one is asked for is refused: %s', async (path) => {
    const { status, body } = await http.call('GET', path)
    expect([status, body.code, body.detail]).toEqual([
      400,
      'INVALID_QUERY',
      expect.stringContaining('must be a whole number'),
    ])
  })

  it.each(['/api/designs/x/aggregates/a/k?version=1&at=5', '/api/designs/x/log?position=1&time=5'])(
    'that asks for two moments at once is refused: %s',
    async (path) => {
      const { status, body } = await http.call('GET', path)
      expect([status, body.detail]).toEqual([400, expect.stringContaining('not both')])
    },
  )

  it('with a cursor that is none is refused, and does not look like the end of a list', async () => {
    const { id } = (await http.call('POST', '/api/designs', { template: 'order-fulfilment' })).body
    const own = `/api/designs/${String(id)}`
    for (const list of [
      '/api/designs',
      '/api/runs',
      '/api/templates',
      `${own}/projections`,
      `${own}/policies`,
    ]) {
      const { status, body } = await http.call('GET', `${list}?after=nope`)
      expect([list, status, body.code]).toEqual([list, 400, 'INVALID_QUERY'])
      expect(body.detail).toContain('"nope"')
    }
    expect((await http.call('GET', `/api/designs?after=${String(id)}`)).status).toBe(200)
  })

  it('is documented with its least, its most and what it is without being given', async () => {
    const { paths } = (await http.call('GET', '/api/openapi.json')).body as {
      readonly paths: Readonly<Record<string, { readonly get: { readonly parameters: readonly unknown[] } }>>
    }
    const limit = { type: 'integer', minimum: 1, maximum: 500, default: 50 }
    for (const path of ['/api/designs', '/api/templates', `${design}/events`])
      expect(paths[path]?.get.parameters).toContainEqual(
        expect.objectContaining({ name: 'limit', in: 'query', schema: limit }),
      )
  })

  it('pages every list', async () => {
    const document = {
      formatVersion: 1,
      name: 'Lists',
      sagas: [],
      projections: ['a', 'b', 'c'].map((id) => ({ id, key: '() => 1', on: {} })),
      policies: ['a', 'b', 'c'].map((id) => ({ id, on: 'X', reaction: { type: 'start-saga', saga: 's' } })),
    }
    const own = `/api/designs/${String((await http.call('POST', '/api/designs', { document })).body.id)}`
    for (const list of ['/api/templates', `${own}/projections`, `${own}/policies`]) {
      const whole = items((await http.call('GET', list)).body)
      const paged = []
      let after = ''
      do {
        const { body } = await http.call('GET', `${list}?limit=2${after}`)
        expect(items(body).length).toBeLessThanOrEqual(2)
        paged.push(...items(body))
        after = body.next === null ? '' : `&after=${String(body.next)}`
      } while (after !== '')
      expect([list, paged]).toEqual([list, whole])
      expect(whole.length).toBeGreaterThan(2)
    }
    const problems = (await http.call('GET', `${own}/problems`)).body as unknown as readonly unknown[]
    expect(problems.length).toBeGreaterThan(1)
    expect((await http.call('GET', `${own}/problems?limit=1&after=1`)).body).toEqual(problems.slice(1, 2))
  })
})

describe('a stream whose name is as long as can be', () => {
  it('is listed, read, followed in the log, and goes with a file', async () => {
    const [name, key] = ['A'.repeat(64), 'k'.repeat(128)]
    const document = {
      formatVersion: 1,
      name: 'Long',
      sagas: [],
      aggregates: [
        {
          id: name,
          initialState: {},
          commands: [{ name: 'Go', decide: "() => ({ type: 'Gone', data: {} })" }],
          events: [{ name: 'Gone', evolve: '(state) => state' }],
        },
      ],
    }
    const own = `/api/designs/${String((await http.call('POST', '/api/designs', { document })).body.id)}`
    expect(
      (await http.call('POST', `${own}/aggregates/${name}/${key}/commands`, { type: 'Go' })).status,
    ).toBe(200)
    const streams = items((await http.call('GET', `${own}/streams`)).body)
    expect(streams).toHaveLength(2)
    for (const { streamId } of streams) {
      const id = String(streamId)
      for (const path of [`streams/${id}/events`, `events?stream=${id}`, `streams?prefix=${id}`])
        expect([path, items((await http.call('GET', `${own}/${path}`)).body)?.length]).toEqual([path, 1])
    }
    const file = String((await http.call('GET', `${own}/log.ndjson`)).body.text)
    const copy = await http.call('POST', '/api/designs/import', file, {
      'content-type': 'application/x-ndjson',
    })
    expect([copy.status, copy.body.events]).toEqual([201, 2])
  })

  it('ends where its key would be longer, and every call says so alike', async () => {
    for (const key of ['k'.repeat(129), 'a%20b', 'k'.repeat(300)])
      for (const [method, call] of [
        ['GET', ''],
        ['POST', '/commands'],
        ['POST', '/what-if'],
        ['GET', '/commands'],
      ]) {
        const { status, body } = await http.call(String(method), `/api/designs/x/aggregates/a/${key}${call}`)
        expect([status, body.code, body.detail]).toEqual([
          400,
          'INVALID_ID',
          'A key has 1 to 128 letters, digits or any of _ . : @ -',
        ])
      }
  })
})

describe('by program alone', () => {
  it('a template becomes a design, and every template can be run', async () => {
    expect(items(await call('GET /api/templates', '/api/templates')).map(({ id }) => id)).toEqual(
      templates.map(({ id }) => id),
    )
    for (const { id, document } of templates) {
      const made = await call('POST /api/designs', '/api/designs', { template: id })
      const [saga] = document.sagas
      const start = saga?.nodes.find((node) => node.type === 'start')
      const input = start?.type === 'start' ? start.inputExample : {}
      const run = await call(`POST ${design}/runs`, `/api/designs/${String(made.id)}/runs`, {
        saga: saga?.id,
        input,
        mode: 'virtual',
        seed: 'a',
      })
      await expect
        .poll(async () => (await http.call('GET', `/api/runs/${String(run.id)}`)).body.endedAt, WHILE)
        .not.toBeNull()
    }
  })

  it('a run of a template with a fault is started, and its state and events are read', async () => {
    designId = String((await call('POST /api/designs', '/api/designs', { template: 'money-transfer' })).id)
    const [saga] = templates.find(({ id }) => id === 'money-transfer')?.document.sagas ?? []
    const last = saga?.nodes.filter((node) => node.type === 'step').at(-1)
    const start = saga?.nodes.find((node) => node.type === 'start')
    const run = await call(`POST ${design}/runs`, `/api/designs/${designId}/runs`, {
      saga: saga?.id,
      input: start?.type === 'start' ? start.inputExample : {},
      mode: 'virtual',
      faults: [{ node: last?.id, effect: { type: 'error', code: 'Broken' } }],
    })
    runId = String(run.id)
    await expect
      .poll(async () => (await http.call('GET', `/api/runs/${runId}`)).body.endedAt, WHILE)
      .not.toBeNull()
    const state = await call('GET /api/runs/{id}', `/api/runs/${runId}`)
    expect(state).toMatchObject({ status: 'compensated', error: { nodeId: last?.id, code: 'Broken' } })
    const events = items(
      await call('GET /api/runs/{id}/events', `/api/runs/${runId}/events?limit=500`),
    ) as unknown as EventAnswer[]
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['StepFailed', 'SagaCompensating', 'CompensationCompleted']),
    )
    expect(state.head).toBe(events.length)
    const early = await call('GET /api/runs/{id}', `/api/runs/${runId}?seq=1`)
    expect(early).toMatchObject({ seq: 1, status: 'running' })
  })

  it('every call of the table is answered as the table says', async () => {
    await call('POST /api/runs/{id}/fork', `/api/runs/${runId}/fork`, { faults: [] })
    await call(`POST ${design}/scenarios/run`, `/api/designs/${designId}/scenarios/run`)
    await call(`POST ${design}/rehearse`, `/api/designs/${designId}/rehearse`, {})
    const own = `/api/designs/${designId}`
    const ask = `${design}/projections/{name}/queries/{query}`
    const orders = await call('POST /api/designs', '/api/designs', { template: 'order-fulfilment' })
    const byCustomer = `/api/designs/${String(orders.id)}/projections/orders/queries/byCustomer`
    await call(`GET ${ask}`, `${byCustomer}?params=${encodeURIComponent('{"customer":"ada"}')}`)
    await call(`POST ${ask}`, byCustomer, { params: { customer: 'ada' } })
    await call(`POST ${design}/checks`, `${own}/checks`, {})
    await call('GET /api/health', '/api/health')
    await call('GET /api/openapi.json', '/api/openapi.json')
    await call('GET /api/design-schema.json', '/api/design-schema.json')
    await call('GET /api/designs', '/api/designs?limit=1')
    const { document, version } = await call(`GET ${design}`, own)
    await call(`PUT ${design}`, own, { document }, { 'if-match': `"${String(version)}"` })
    await call(`GET ${design}/problems`, `${own}/problems`)
    await call('GET /api/runs', `/api/runs?design=${designId}&status=compensated`)
    const archived = () => call('GET /api/runs', `/api/runs?design=${designId}&archived=true`)
    expect(await call('POST /api/runs/{id}/archive', `/api/runs/${runId}/archive`, {})).toMatchObject({
      id: runId,
      archived: true,
    })
    expect(items(await archived())).toMatchObject([{ id: runId, archived: true }])
    const shown = items(await call('GET /api/runs', `/api/runs?design=${designId}`))
    expect(shown.map((run) => run.id)).not.toContain(runId)
    await call('POST /api/runs/{id}/archive', `/api/runs/${runId}/archive`, { archived: false })
    expect(items(await archived())).toEqual([])
    const account = `${own}/aggregates/Account/new`
    const aggregate = `${design}/aggregates/{name}/{key}`
    await call(`POST ${aggregate}/commands`, `${account}/commands`, {
      type: 'OpenAccount',
      payload: { owner: 'Eve', balance: 5 },
    })
    expect(items(await call(`GET ${aggregate}/commands`, `${account}/commands?order=oldest`))).toMatchObject([
      { seq: 1, type: 'OpenAccount', answer: { kind: 'accepted', version: 1 } },
    ])
    expect(await call(`GET ${aggregate}`, `${account}?version=1`)).toMatchObject({
      version: 1,
      state: { balance: 5 },
    })
    const whatIf = await call(`POST ${aggregate}/what-if`, `${account}/what-if`, {
      commands: [{ type: 'CloseAccount' }],
    })
    expect(whatIf).toMatchObject({ version: 2, state: { status: 'Closed' } })
    const at = await call(`GET ${design}/at`, `${own}/at?streams=Account-new,run-${runId}`)
    expect(at).toMatchObject({ streams: [{ state: { balance: 5 } }, { run: { id: runId } }] })
    const history = await call(`GET ${design}/history/{aggregate}`, `${own}/history/Account`)
    expect(items(history)[0]).toMatchObject({ streamId: 'Account-new', version: 1 })
    const decisions = await call(
      `GET ${design}/history/{aggregate}/commands`,
      `${own}/history/Account/commands`,
    )
    expect(items(decisions)[0]).toMatchObject({ streamId: 'Account-new', version: 1, sent: 1 })
    await call(`GET ${design}/history`, `${own}/history?types=AccountOpened&limit=1`)
    expect(
      items(await call(`GET ${design}/streams`, `${own}/streams?prefix=Account-`)).length,
    ).toBeGreaterThan(0)
    await call(`GET ${design}/streams/{streamId}/events`, `${own}/streams/Account-new/events?from=1&to=1`)
    const page = await call(`GET ${design}/events`, `${own}/events?limit=2`)
    const next = await call(`GET ${design}/events`, `${own}/events?limit=2&after=${String(page.next)}`)
    expect(Number(items(next)[0]?.position)).toBeGreaterThan(Number(items(page)[1]?.position))
    await call(`GET ${design}/log`, `${own}/log?position=1`)
    expect(items(await call(`GET ${design}/log/events`, `${own}/log/events?rank=1&limit=1`)).length).toBe(1)
    const { text } = await call(`GET ${design}/log.ndjson`, `${own}/log.ndjson`)
    const file = { 'content-type': 'application/x-ndjson' }
    const copy = await call('POST /api/designs/import', '/api/designs/import', text, file)
    expect(Number(copy.events)).toBeGreaterThan(0)
    const empty = await call('POST /api/designs', '/api/designs', { document })
    const into = `/api/designs/${String(empty.id)}/log`
    const parts = String(text).split('\n').slice(0, 2)
    const bare = parts.join('\n').replace(/"events":\d+/, '"events":0')
    expect(await call(`POST ${design}/log`, into, bare, file)).toMatchObject({ events: 0, ids: 'kept' })
    await call(`GET ${design}/log/matches`, `${own}/log/matches?type=AccountOpened`)
    const [projection] = items(await call(`GET ${design}/projections`, `${own}/projections`))
    const path = `${own}/projections/${String(projection?.name)}`
    await call(`POST ${design}/projections/{name}/actions`, `${path}/actions`, { action: 'rebuild' })
    expect(items(await call(`GET ${design}/projections/{name}/rows`, `${path}/rows?limit=1`)).length).toBe(1)
    await call(
      `GET ${design}/events/{position}/causation`,
      `${own}/events/${String(items(page)[0]?.position)}/causation`,
    )
    const waiting = {
      formatVersion: 1,
      name: 'Waits',
      policies: [{ id: 'again', on: 'SagaCompleted', reaction: { type: 'start-saga', saga: 's' } }],
      sagas: [
        {
          id: 's',
          nodes: [
            { id: 'a', type: 'start' },
            { id: 'w', type: 'wait', durationMs: 60_000 },
          ],
          edges: [{ id: 'e', from: 'a', to: 'w' }],
        },
      ],
    }
    const other = `/api/designs/${String((await call('POST /api/designs', '/api/designs', { document: waiting })).id)}`
    const run = await call(`POST ${design}/runs`, `${other}/runs`, { saga: 's' })
    await call('POST /api/runs/{id}/actions', `/api/runs/${String(run.id)}/actions`, {
      action: 'pause',
      by: 'Ada',
    })
    const paused = { policy: 'again', on: 'SagaCompleted', status: 'paused', lag: 0, fault: null, recent: [] }
    const policy = `${other}/policies/again/actions`
    expect(await call(`POST ${design}/policies/{policy}/actions`, policy, { action: 'pause' })).toMatchObject(
      paused,
    )
    expect(items(await call(`GET ${design}/policies`, `${other}/policies`))).toMatchObject([paused])
    await call(`DELETE ${design}`, `${other}?force=true`)
    expect(routes.map((one) => `${one.method} ${one.path}`).filter((line) => !asked.has(line))).toEqual([])
  })
})
