import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ERROR_STATUS, type ErrorCode } from '@/core/errors'
import { problemDetailsSchema } from '@/core/protocol'
import { addStep, chain, designOf, failStep, step } from '../../engine/testing'
import { answered, route } from './route'
import { askAs, type HttpServer, type Reply, serveHttp } from './testing'

let http: HttpServer
let designId: string
const d = () => `/api/designs/${designId}`
const counter = (key: string) => `${d()}/aggregates/Counter/${key}`
const hour = { id: 'w', type: 'wait' as const, durationMs: 3_600_000 }

const document = designOf([step('a')], chain('start', 'a'))
const ask = (query: string, body: unknown = {}) =>
  http.call('POST', `${d()}/projections/asked/queries/${query}`, body)
const strict = {
  ...document,
  projections: [
    ...(document.projections ?? []),
    {
      id: 'asked',
      key: '({ position }) => position',
      on: { Added: "() => ({ text: 'x'.repeat(500000) })" },
      queries: [
        { id: 'no', answer: "() => fail('Closed', 'ask tomorrow')" },
        {
          id: 'typed',
          schema: { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] },
          answer: '() => 1',
        },
      ],
    },
  ],
  aggregates: [
    ...(document.aggregates ?? []),
    {
      id: 'Odd',
      initialState: {},
      commands: [
        { name: 'Typo', decide: '() => {' },
        { name: 'Unknown', decide: "() => ({ type: 'Nobody', data: {} })" },
        { name: 'Number', decide: '() => 5' },
        { name: 'Mapped', decide: "() => ({ type: 'Any', data: { m: new Map() } })" },
        { name: 'Hoard', decide: "() => 'x'.repeat(2 ** 29)" },
        { name: 'Native', decide: "() => { new Array(1e9) + ''; return [] }" },
        {
          name: 'Typed',
          schema: { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] },
          decide: '() => []',
        },
      ],
      events: [{ name: 'Any', evolve: '(state) => state' }],
    },
  ],
  policies: [
    {
      id: 'never',
      on: 'Added',
      reaction: { type: 'start-saga' as const, saga: 'main' },
      when: '() => false',
    },
  ],
  sagas: [
    ...(document.sagas ?? []),
    {
      id: 'typed',
      nodes: [
        {
          id: 'start',
          type: 'start' as const,
          inputSchema: { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] },
        },
      ],
      edges: [],
    },
    {
      id: 'waits',
      nodes: [{ id: 'start', type: 'start' as const }, hour],
      edges: [{ id: 'e', from: 'start', to: 'w' }],
    },
    {
      id: 'circle',
      nodes: [{ id: 'start', type: 'start' as const }, step('x'), step('y')],
      edges: [
        { id: 'e1', from: 'start', to: 'x' },
        { id: 'e2', from: 'x', to: 'y' },
        { id: 'e3', from: 'y', to: 'x' },
      ],
    },
  ],
}

beforeAll(async () => {
  http = await serveHttp([
    route({
      method: 'GET',
      path: '/api/broken',
      summary: 'A fault of our own',
      handle: () => {
        if (designId) throw new Error('the password is swordfish')
        return answered(null)
      },
    }),
  ])
  designId = await create(strict)
})
afterAll(async () => {
  await http.close()
  expect(http.defects).toEqual(['GET /api/broken: Error: the password is swordfish'])
  expect(http.wb.defects).toEqual([])
})

async function create(of: unknown): Promise<string> {
  const { status, body } = await http.call('POST', '/api/designs', { document: of })
  expect(status).toBe(201)
  return String(body.id)
}
const startRun = async (saga: string, of = designId): Promise<string> =>
  String((await http.call('POST', `/api/designs/${of}/runs`, { saga, input: {} })).body.id)
const command = (aggregate: string, key: string, type: string, payload: unknown = {}) =>
  http.call('POST', `${d()}/aggregates/${aggregate}/${key}/commands`, { type, payload })

const exported = async (of = designId): Promise<string> =>
  String((await http.call('GET', `/api/designs/${of}/log.ndjson`)).body.text)
const importInto = (path: string, file: string) =>
  http.call('POST', path, file, { 'content-type': 'application/x-ndjson' })

/** How a request comes by each code; or why none can, and what tests it instead. */
const CODES: Readonly<Record<ErrorCode, (() => Promise<Reply>) | string>> = {
  INVALID_BODY: () => http.call('POST', '/api/designs', { nothing: 1 }),
  INVALID_JSON: () => http.call('POST', '/api/designs', '{"template":'),
  INVALID_QUERY: () => http.call('GET', '/api/designs?limit=0'),
  INVALID_ID: () => http.call('GET', '/api/designs/..%2f..%2fetc'),
  INVALID_IF_MATCH: () => http.call('PUT', d(), { document }, { 'if-match': 'newest' }),
  INVALID_IDEMPOTENCY_KEY: () =>
    http.call('POST', `${d()}/runs`, { saga: 'main' }, { 'idempotency-key': 'a b' }),
  BODY_TOO_LARGE: () => http.call('POST', '/api/designs', { document: 'x'.repeat(1024 * 1024) }),
  UNSUPPORTED_MEDIA_TYPE: () =>
    http.call('POST', '/api/designs', 'template=x', { 'content-type': 'text/plain' }),
  METHOD_NOT_ALLOWED: () => http.call('PUT', '/api/templates', {}),
  ROUTE_NOT_FOUND: () => http.call('GET', '/api/nothing'),
  TOO_MANY_REQUESTS: 'needs a backlog: server/transport/http/back-pressure.test.ts',
  FORBIDDEN_ORIGIN: () =>
    http.call('POST', '/api/designs', { template: 'money-transfer' }, { origin: 'http://evil.example' }),
  HOST_NOT_ALLOWED: () => askAs(http.url, 'evil.example'),
  UNSUPPORTED_FORMAT_VERSION: () => http.call('POST', '/api/designs', { document: { formatVersion: 99 } }),
  DESIGN_INVALID: () =>
    http.call('POST', '/api/designs', { document: { ...document, sagas: [{ id: '1', nodes: 'none' }] } }),
  DESIGN_NOT_RUNNABLE: () => http.call('POST', `${d()}/runs`, { saga: 'circle' }),
  DESIGN_NOT_FOUND: () => http.call('GET', '/api/designs/nothing'),
  DESIGN_HAS_RUNNING_RUNS: async () => {
    const own = await create(strict)
    await startRun('waits', own)
    return http.call('DELETE', `/api/designs/${own}`)
  },
  STALE_VERSION: () => http.call('PUT', d(), { document: strict }, { 'if-match': '"7"' }),
  PRECONDITION_REQUIRED: () => http.call('PUT', d(), { document: strict }),
  TEMPLATE_NOT_FOUND: () => http.call('POST', '/api/designs', { template: 'nothing' }),
  IDEMPOTENCY_KEY_REUSED: async () => {
    const headers = { 'idempotency-key': 'reused' }
    await http.call('POST', `${d()}/runs`, { saga: 'main' }, headers)
    return http.call('POST', `${d()}/runs`, { saga: 'main', seed: 'other' }, headers)
  },
  IDEMPOTENCY_KEY_IN_USE: async () => {
    const sending = () =>
      http.call('POST', `${counter('busy')}/commands`, { type: 'Loop' }, { 'idempotency-key': 'busy' })
    const both = await Promise.all([sending(), sending()])
    return both.find(({ body }) => body.code === 'IDEMPOTENCY_KEY_IN_USE') ?? both[0]
  },
  SAGA_NOT_FOUND: () => http.call('POST', `${d()}/runs`, { saga: 'nothing' }),
  RUN_NOT_FOUND: () => http.call('GET', '/api/runs/nothing'),
  RUN_INPUT_INVALID: () => http.call('POST', `${d()}/runs`, { saga: 'typed', input: {} }),
  RUN_ENDED: async () => {
    const id = await startRun('waits')
    await http.call('POST', `/api/runs/${id}/actions`, { action: 'cancel' })
    return http.call('POST', `/api/runs/${id}/actions`, { action: 'cancel' })
  },
  ACTION_REFUSED: async () =>
    http.call('POST', `/api/runs/${await startRun('waits')}/actions`, { action: 'resume' }),
  NODE_NOT_FOUND: async () =>
    http.call('POST', `/api/runs/${await startRun('waits')}/actions`, { action: 'retry', node: 'nowhere' }),
  SEQ_OUT_OF_RANGE: async () => http.call('GET', `/api/runs/${await startRun('waits')}?seq=999`),
  FORK_ENDED: async () => {
    const id = await startRun('waits')
    await http.call('POST', `/api/runs/${id}/actions`, { action: 'cancel' })
    return http.call('POST', `/api/runs/${id}/fork`, { seq: 5 })
  },
  RUN_NOT_FAILED: async () => http.call('POST', `/api/runs/${await startRun('waits')}/fork`, {}),
  FORK_DIVERGES: async () => {
    const own = await create(strict)
    const id = await startRun('waits', own)
    const longer = {
      ...strict,
      sagas: strict.sagas.map((saga) =>
        saga.id === 'waits' ? { ...saga, nodes: [saga.nodes[0], { ...hour, durationMs: 1 }] } : saga,
      ),
    }
    await http.call('PUT', `/api/designs/${own}`, { document: longer }, { 'if-match': '1' })
    return http.call('POST', `/api/runs/${id}/fork`, { seq: 2, design: 'newest' })
  },
  AGGREGATE_NOT_FOUND: () => http.call('GET', `${d()}/aggregates/Nobody/1`),
  COMMAND_NOT_FOUND: () => command('Counter', '1', 'Fly'),
  COMMAND_PAYLOAD_INVALID: () => command('Odd', '1', 'Typed'),
  COMMAND_REJECTED: () => command('Counter', 'empty', 'Remove'),
  COMMAND_CONFLICT: 'needs another writer, or a thousand at once: server/engine/aggregates.test.ts',
  VERSION_OUT_OF_RANGE: () => http.call('GET', `${counter('empty')}?version=3`),
  POSITION_OUT_OF_RANGE: () => http.call('GET', `${d()}/at?position=999999999`),
  FOLD_TOO_LONG: 'of one read model among others that are shown: server/queries/at-position',
  SCENARIO_NOT_FOUND: () => http.call('POST', `${d()}/scenarios/run`, { ids: ['nobody'] }),
  PROJECTION_NOT_FOUND: () => http.call('GET', `${d()}/projections/nothing/rows`),
  PROJECTION_ACTION_REFUSED: () => http.call('POST', `${d()}/projections/counts/actions`, { action: 'skip' }),
  PROJECTION_BEHIND: async () => {
    await http.call('POST', `${d()}/projections/counts/actions`, { action: 'pause' })
    const { body } = await command('Counter', 'late', 'Add')
    const [{ position }] = body.events as [{ position: number }]
    const reply = await http.call('GET', `${d()}/projections/counts/rows?atLeast=${position}`)
    await http.call('POST', `${d()}/projections/counts/actions`, { action: 'resume' })
    return reply
  },
  QUERY_NOT_FOUND: () => ask('nothing'),
  QUERY_PARAMS_INVALID: () => ask('typed', { params: { n: 'one' } }),
  QUERY_TOO_LARGE: async () => {
    let position = 0
    for (let count = 0; count < 5; count += 1) {
      const { body } = await command('Counter', 'large', 'Add')
      position = (body.events as [{ position: number }])[0].position
    }
    return http.call('POST', `${d()}/projections/asked/queries/no?atLeast=${position}`, {})
  },
  QUERY_REFUSED: async () => {
    const own = await create({
      ...strict,
      projections: strict.projections.map((one) => ({ ...one, on: {} })),
    })
    return http.call('POST', `/api/designs/${own}/projections/asked/queries/no`, {})
  },
  STREAM_NOT_FOUND: () => http.call('GET', `${d()}/streams/Counter-nobody/events`),
  EVENT_NOT_FOUND: () => http.call('GET', `${d()}/events/999999999/causation`),
  POLICY_NOT_FOUND: () => http.call('POST', `${d()}/policies/nothing/actions`, { action: 'pause' }),
  POLICY_ACTION_REFUSED: () => http.call('POST', `${d()}/policies/never/actions`, { action: 'retry' }),
  POLICY_CHAIN_TOO_LONG: 'no answer has it: it is the fault of a policy. server/engine/policies.test.ts',
  CODE_SYNTAX: () => command('Odd', '1', 'Typo'),
  CODE_THREW: () => command('Counter', '1', 'Throw'),
  CODE_TIMEOUT: () => command('Odd', '1', 'Native'),
  CODE_OUT_OF_FUEL: () => command('Counter', '1', 'Loop'),
  CODE_OUT_OF_MEMORY: () => command('Odd', '1', 'Hoard'),
  CODE_RESULT_NOT_JSON: () => command('Odd', '1', 'Mapped'),
  CODE_RESULT_INVALID: () => command('Odd', '1', 'Number'),
  CODE_FUNCTION_NOT_FOUND: 'a program holds every function of its design: server/sandbox',
  HTTP_REQUEST_INVALID: 'of steps, not of requests: server/engine/http-run',
  HTTP_ADDRESS_REFUSED: 'of steps, not of requests: server/engine/http-run',
  HTTP_ANSWER_TOO_LARGE: 'of steps, not of requests: server/engine/http-run',
  WRONG_EXPECTED_VERSION: 'a command is decided again, and ends in COMMAND_CONFLICT: server/store',
  MESSAGE_ID_REUSED: 'callers cannot choose message ids: server/store',
  LOG_NOT_EMPTY: async () => {
    await command('Counter', 'a', 'Add')
    return importInto(`${d()}/log`, await exported())
  },
  RUN_IMPORTED: async () => {
    const own = await create(strict)
    await startRun('waits', own)
    const copy = await importInto('/api/designs/import', await exported(own))
    const { body } = await http.call('GET', `/api/runs?design=${String(copy.body.id)}`)
    const [run] = body.items as readonly { readonly id: string }[]
    return http.call('POST', `/api/runs/${run?.id}/actions`, { action: 'cancel' })
  },
  IMPORT_TOO_LARGE: 'of small limits: server/import/limits.test.ts',
  IMPORT_LINE_TOO_LONG: () => importInto('/api/designs/import', 'x'.repeat(3 * 1024 * 1024)),
  IMPORT_HEADER_INVALID: () => importInto('/api/designs/import', '{}'),
  IMPORT_LINE_INVALID: () => importInto('/api/designs/import', 'no'),
  IMPORT_POSITION_ORDER: 'a file with a fault: server/import/import.test.ts',
  IMPORT_TIME_ORDER: 'a file with a fault: server/import/import.test.ts',
  IMPORT_VERSION_GAP: 'a file with a fault: server/import/import.test.ts',
  IMPORT_MESSAGE_TWICE: 'a file with a fault: server/import/import.test.ts',
  IMPORT_RUN_INVALID: 'a file with a fault: server/import/import.test.ts',
  IMPORT_DESIGN_MISMATCH: 'a file with a fault: server/import/import.test.ts',
  IMPORT_INCOMPLETE: async () => {
    const file = await exported()
    return importInto('/api/designs/import', file.slice(0, file.lastIndexOf('\n', file.length - 2) + 1))
  },
  LOG_GAP: 'a defect of the log: server/store',
  CORRUPT_EVENT: 'a defect of the log: server/store',
  STORE_UNAVAILABLE: async () => {
    const other = await serveHttp()
    await other.wb.close()
    const reply = await other.call('POST', '/api/designs', { document })
    await other.close().catch(() => undefined)
    return reply
  },
  STORE_FULL: 'needs a full disk: server/store',
  STORE_DAMAGED: 'needs a damaged file: server/store/sqlite/faults.test.ts',
  LEASE_HELD: 'the server does not start: server/chaos/lease.test.ts',
  LEASE_LOST: 'the server ends: server/chaos/lease.test.ts',
  MIGRATION_EDITED: 'the server does not start: server/store',
  MIGRATION_FAILED: 'the server does not start: server/store',
  ENV_INVALID: 'the server does not start: server/env',
  ENGINE_STOPPED: async () => {
    const other = await serveHttp()
    const { body } = await other.call('POST', '/api/designs', { document })
    await other.wb.engine.close()
    const reply = await other.call('POST', `/api/designs/${String(body.id)}/runs`, { saga: 'main' })
    await other.close()
    return reply
  },
  TOPIC_INVALID: 'of sockets: server/transport/socket',
  TOPIC_NOT_FOUND: 'of sockets: server/transport/socket',
  TOO_MANY_SUBSCRIPTIONS: 'of sockets: server/transport/socket',
  INTERNAL: () => http.call('GET', '/api/broken'),
}

describe('every code', () => {
  it('is in the table, with a request or with the reason why there is none', () => {
    expect(Object.keys(CODES).sort()).toEqual(Object.keys(ERROR_STATUS).sort())
  })

  const provoked = Object.entries(CODES).flatMap(([code, how]) =>
    typeof how === 'string' ? [] : [[code as ErrorCode, how] as const],
  )
  it.each(provoked)('%s comes with its status, as a problem document', async (code, how) => {
    const { status, headers, body } = await how()
    expect(body).toMatchObject({ code, status: ERROR_STATUS[code], title: code })
    expect(status).toBe(ERROR_STATUS[code])
    expect(headers.get('content-type')).toBe('application/problem+json')
    expect(problemDetailsSchema.safeParse(body).success).toBe(true)
    expect(body.detail).toBeTruthy()
    expect(JSON.stringify(body)).not.toMatch(/swordfish|node_modules|\.ts:/)
  })
})

describe('a problem', () => {
  it('names the places that are wrong', async () => {
    const { body } = await http.call('POST', '/api/designs', {
      document: { ...document, sagas: [{ id: 'ok', nodes: [{ id: 'n', type: 'step' }], edges: [] }] },
    })
    expect(body).toMatchObject({
      code: 'DESIGN_INVALID',
      issues: [{ path: ['sagas', 0, 'nodes', 0, 'action'] }],
    })
  })

  it.each<readonly [string, unknown]>([
    ['an empty object', {}],
    ['null', null],
    ['a list', []],
    ['a number', 5],
    ['both', { template: 'money-transfer', document }],
    ['a template that is no text', { template: 7 }],
  ])('of a design made of %s says what one is made of', async (_what, body) => {
    const answer = await http.call('POST', '/api/designs', JSON.stringify(body))
    expect(answer.body).toMatchObject({ code: 'INVALID_BODY', issues: [{ path: [] }] })
    for (const said of [answer.body.detail, JSON.stringify(answer.body.issues)])
      expect(said).toMatch(/template.*document/)
  })

  it('of a design that has only its name wrong says so', async () => {
    const { body } = await http.call('POST', '/api/designs', { document, name: '' })
    expect(body.issues).toMatchObject([{ path: ['name'], message: 'a name is needed' }])
  })

  it('of a stale save tells both versions, and nothing is saved', async () => {
    const own = await create(document)
    const path = `/api/designs/${own}`
    const saves = await Promise.all(
      ['One', 'Two'].map((name) =>
        http.call('PUT', path, { document: { ...document, name } }, { 'if-match': '"1"' }),
      ),
    )
    expect(saves.map(({ status }) => status).sort()).toEqual([200, 412])
    const stale = saves.find(({ status }) => status === 412)
    expect(stale?.body).toMatchObject({ currentVersion: 2, yourVersion: 1 })
    const saved = saves.find(({ status }) => status === 200)?.body.document as
      | { readonly name: string }
      | undefined
    expect(saved?.name).toMatch(/^(One|Two)$/)
    expect((await http.call('GET', path)).body).toMatchObject({ version: 2, document: { name: saved?.name } })
  })

  it('of a rejected command carries the rule, and of code its line', async () => {
    expect((await command('Counter', 'empty', 'Remove')).body.rejection).toMatchObject({ code: 'TooFew' })
    expect((await command('Counter', '1', 'Throw')).body).toMatchObject({ line: 1 })
  })

  it('keeps nothing half-done: a saga that cannot run starts no run, a refused design is not listed', async () => {
    const own = await create({
      ...strict,
      sagas: designOf([addStep('a'), failStep('b')], ['start>a', 'a>b', 'b>a']).sagas,
    })
    expect((await http.call('POST', `/api/designs/${own}/runs`, { saga: 'main' })).body.code).toBe(
      'DESIGN_NOT_RUNNABLE',
    )
    expect((await http.call('GET', `/api/runs?design=${own}`)).body.items).toEqual([])
    const before = (await http.call('GET', '/api/designs?limit=500')).body.items as unknown[]
    await http.call('POST', '/api/designs', { document: { ...document, name: '' } })
    expect((await http.call('GET', '/api/designs?limit=500')).body.items).toHaveLength(before.length)
  })
})
