import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chain, designOf, step } from '../../engine/testing'
import { type HttpServer, serveHttp } from './testing'

let http: HttpServer
let designId: string
const document = designOf([step('a')], chain('start', 'a'))

beforeAll(async () => {
  http = await serveHttp()
  designId = String((await http.call('POST', '/api/designs', { document })).body.id)
})
afterAll(async () => {
  await http.close()
  expect(http.defects).toEqual([])
  expect(http.wb.defects).toEqual([])
})

const isUp = async () => expect((await http.call('GET', '/api/health')).body.status).toBe('ok')

async function ended(id: string): Promise<Readonly<Record<string, unknown>>> {
  await expect
    .poll(async () => (await http.call('GET', `/api/runs/${id}`)).body.endedAt, { timeout: 15_000 })
    .not.toBeNull()
  return (await http.call('GET', `/api/runs/${id}`)).body
}

describe('a body meant to hurt', () => {
  const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`

  it.each([
    ['lists within lists', `{"document":${deep(200_000)}}`],
    ['lists within lists, as an input', `{"saga":"main","input":{"a":${deep(200_000)}}}`],
    ['objects within objects', `{"document":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`],
    ['a huge list', `{"document":[${'0,'.repeat(400_000)}0]}`],
    [
      'a design with a million edges',
      `{"document":{"formatVersion":1,"name":"x","sagas":[{"id":"s","nodes":[],"edges":[${'{},'.repeat(300_000)}{}]}]}}`,
    ],
    [
      'a key that is a prototype',
      '{"document":{"__proto__":{"formatVersion":1},"constructor":{"prototype":{"x":1}}}}',
    ],
    ['a template that is a prototype', '{"template":"__proto__"}'],
    ['texts that never end', `{"document":${'"\\\\'.repeat(300_000)}`],
    ['null', 'null'],
    ['a text', '"document"'],
    ['numbers that are none', '{"document":{"formatVersion":1e999}}'],
    ['a lone surrogate', '{"template":"\\ud800"}'],
  ])('%s is refused with a code', async (_what, body) => {
    for (const path of [
      '/api/designs',
      `/api/designs/${designId}/runs`,
      `/api/designs/${designId}/aggregates/Counter/1/commands`,
    ]) {
      const { status, body: problem } = await http.call('POST', path, body)
      expect([path, status, typeof problem.code]).toEqual([
        path,
        expect.toSatisfy((code: number) => code >= 400 && code < 500),
        'string',
      ])
    }
    await isUp()
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  it.each([
    [
      '__proto__ in an input',
      'runs',
      '{"saga":"main","input":{"__proto__":{"z":1},"b":1}}',
      ['input', '__proto__'],
    ],
    ['an escaped __proto__', 'runs', '{"saga":"main","input":{"\\u005f_proto__":1}}', ['input', '__proto__']],
    [
      '__proto__ deep in a payload',
      'aggregates/Counter/1/commands',
      '{"type":"Add","payload":{"by":[1,{"__proto__":{}}]}}',
      ['payload', 'by', 1, '__proto__'],
    ],
    ['half of a surrogate pair', 'runs', '{"saga":"main","input":{"a":["\\ud83d"]}}', ['input', 'a', 0]],
    ['half of one as a key', 'runs', '{"saga":"main","input":{"\\ude00":1}}', ['input', '\ude00']],
  ])('with %s is refused with its place, for it would not be kept', async (_what, call, body, path) => {
    const { status, body: problem } = await http.call('POST', `/api/designs/${designId}/${call}`, body)
    expect([status, problem.code, problem.issues]).toEqual([
      400,
      'INVALID_BODY',
      [{ path, message: expect.any(String) }],
    ])
  })

  it('may have whole surrogate pairs, escaped or not, and they come back', async () => {
    const made = await http.call(
      'POST',
      '/api/designs',
      `{"template":"money-transfer","name":"\\ud83d\\ude00 😀"}`,
    )
    expect((await http.call('GET', `/api/designs/${made.body.id}`)).body.name).toBe('😀 😀')
    const refused = await http.call('POST', '/api/designs', '{"template":"money-transfer","name":"\\ud83d"}')
    expect(refused.body).toMatchObject({ code: 'INVALID_BODY', issues: [{ path: ['name'] }] })
  })

  it('that never ends is cut off at a mebibyte, and the connection with it', async () => {
    const { hostname, port } = new URL(http.url)
    const socket = connect(Number(port), hostname)
    let answer = ''
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text
    })
    socket.on('error', () => undefined)
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.write(
      'POST /api/designs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
    )
    const chunk = 'x'.repeat(65_536)
    const pour = (): void => {
      while (!socket.destroyed && socket.writable) if (!socket.write(`10000\r\n${chunk}\r\n`)) break
    }
    socket.on('drain', pour)
    pour()
    await closed
    expect(answer).toContain('413')
    expect(answer).toContain('BODY_TOO_LARGE')
    await isUp()
  })
})

describe('ids', () => {
  it.each(['%00', '..%2f..', 'a%20b', '%E0%A4%A', 'x'.repeat(300), '%3Cscript%3E', "'%20OR%201=1--"])(
    '%s is refused',
    async (id) => {
      for (const path of [
        `/api/designs/${id}`,
        `/api/runs/${id}`,
        `/api/designs/${designId}/aggregates/Counter/${id}`,
        `/api/designs/${designId}/streams/${id}/events`,
      ]) {
        expect([path, (await http.call('GET', path)).body.code]).toEqual([
          path,
          expect.stringMatching(/INVALID_ID|_NOT_FOUND/),
        ])
      }
    },
  )

  it('that are names of every object are ids like any other', async () => {
    for (const id of ['constructor', '__proto__', 'toString']) {
      expect((await http.call('GET', `/api/designs/${id}`)).status).toBe(404)
      expect((await http.call('GET', `/api/designs/${designId}/aggregates/${id}/1`)).body.code).toBe(
        'AGGREGATE_NOT_FOUND',
      )
      expect((await http.call('GET', `/api/designs/${designId}/aggregates/Counter/${id}`)).body.version).toBe(
        0,
      )
    }
  })
})

describe('a payload with a great many mistakes', () => {
  const schema = { type: 'object', properties: { list: { type: 'array', items: { type: 'string' } } } }
  const send = async (mistakes: number) => {
    const [counter] = document.aggregates ?? []
    const commands = [{ name: 'Add', schema, decide: '() => []' }]
    const own = { ...document, aggregates: [{ ...counter, commands }] }
    const id = String((await http.call('POST', '/api/designs', { document: own })).body.id)
    const path = `/api/designs/${id}/aggregates/Counter/1/commands`
    return http.call('POST', path, `{"type":"Add","payload":{"list":[${'0,'.repeat(mistakes - 1)}0]}}`)
  }

  it('is answered with the first hundred of them', async () => {
    const { body } = await send(20_000)
    expect(body.code).toBe('COMMAND_PAYLOAD_INVALID')
    expect(body.issues).toHaveLength(100)
  })

  it('is answered as a whole when they cannot even be listed', async () => {
    expect((await send(500_000)).body).toMatchObject({
      code: 'COMMAND_PAYLOAD_INVALID',
      issues: [{ code: 'schema_too_costly' }],
    })
    const sagas = `{"document":{"formatVersion":1,"name":"x","sagas":[${'0,'.repeat(450_000)}0]}}`
    expect((await http.call('POST', '/api/designs', sagas)).body).toMatchObject({
      code: 'DESIGN_INVALID',
      issues: [{ code: 'too_big' }],
    })
  })
})

describe('an address that is none', () => {
  it.each(['//', 'http://', '//:99999999/api/health'])(
    '%s is answered, and nothing breaks',
    async (target) => {
      const { hostname, port } = new URL(http.url)
      const socket = connect(Number(port), hostname)
      socket.end(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
      let answer = ''
      for await (const chunk of socket) answer += String(chunk)
      expect(answer).toMatch(/^HTTP\/1.1 404 /)
      await isUp()
    },
  )
})

describe('a method', () => {
  const bare = async (method: string, path: string) => {
    const answer = await fetch(`${http.url}${path}`, { method })
    return { status: answer.status, allow: answer.headers.get('allow'), answer, text: await answer.text() }
  }
  const here = () => `/api/designs/${designId}`

  it('that a call does not take is answered with those it does', async () => {
    const { status, allow, text } = await bare('PATCH', here())
    expect([status, allow, JSON.parse(text).code]).toEqual([
      405,
      'GET, HEAD, PUT, DELETE, OPTIONS',
      'METHOD_NOT_ALLOWED',
    ])
    expect((await bare('GET', `${here()}/runs`)).allow).toBe('POST, OPTIONS')
  })

  it('OPTIONS tells them, and does nothing', async () => {
    expect(await bare('OPTIONS', here())).toMatchObject({
      status: 204,
      allow: 'GET, HEAD, PUT, DELETE, OPTIONS',
      text: '',
    })
    expect((await bare('OPTIONS', '/api/nothing')).status).toBe(404)
  })

  it('HEAD is GET without the body', async () => {
    for (const path of [here(), '/api/designs', '/api/designs/nothing', `${here()}/log.ndjson`]) {
      const [head, get] = [await bare('HEAD', path), await bare('GET', path)]
      const told = ({ status, answer }: typeof head) => [
        path,
        status,
        ...['etag', 'content-type', 'content-length', 'content-disposition'].map((name) =>
          answer.headers.get(name),
        ),
      ]
      expect(told(head)).toEqual(told(get))
      expect(head.text).toBe('')
    }
    expect((await bare('HEAD', `${here()}/runs`)).status).toBe(405)
  })

  it('OPTIONS of the server as a whole is answered, too', async () => {
    const { hostname, port } = new URL(http.url)
    const ask = async (method: string) => {
      const socket = connect(Number(port), hostname)
      socket.end(`${method} * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
      let answer = ''
      for await (const chunk of socket) answer += String(chunk)
      return answer
    }
    expect(await ask('OPTIONS')).toMatch(/^HTTP\/1.1 204 .*allow: GET, HEAD, POST, PUT, DELETE, OPTIONS/is)
    expect(await ask('GET')).toMatch(/^HTTP\/1.1 405 .*allow: OPTIONS/is)
  })
})

describe('an aggregate that poses as runs', () => {
  it.each(['run', 'run-x'])(
    'called %s is refused, so that nobody writes into the stream of a run',
    async (id) => {
      const posing = { ...document, aggregates: [{ id, initialState: {}, commands: [], events: [] }] }
      const { body } = await http.call('POST', '/api/designs', { document: posing })
      expect(body).toMatchObject({ code: 'DESIGN_INVALID', issues: [{ path: ['aggregates', 0, 'id'] }] })
    },
  )

  it('is not one whose name only begins like theirs', async () => {
    const honest = { ...document, aggregates: [{ id: 'runner', initialState: {}, commands: [], events: [] }] }
    expect((await http.call('POST', '/api/designs', { document: honest })).status).toBe(201)
  })
})

describe('If-Match', () => {
  it.each(['', 'abc', '"x"', '-1', '1.5', '*', '"1", "2"', '99999999999999999999'])(
    '"%s" is refused',
    async (ifMatch) => {
      const { status } = await http.call(
        'PUT',
        `/api/designs/${designId}`,
        { document },
        { 'if-match': ifMatch },
      )
      expect([400, 412, 428]).toContain(status)
      expect((await http.call('GET', `/api/designs/${designId}`)).body.version).toBe(1)
    },
  )
})

describe('an Idempotency-Key', () => {
  it('gives the first answer again, and nothing is done twice', async () => {
    const headers = { 'idempotency-key': 'start-once' }
    const body = { saga: 'main', mode: 'virtual' }
    const first = await http.call('POST', `/api/designs/${designId}/runs`, body, headers)
    const again = await http.call('POST', `/api/designs/${designId}/runs`, body, headers)
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.body).toEqual(first.body)
    expect((await http.call('GET', `/api/runs?design=${designId}`)).body.items).toHaveLength(1)
  })

  it('gives the headers of the first answer again', async () => {
    const headers = { 'idempotency-key': 'create-once' }
    const first = await http.call('POST', '/api/designs', { document }, headers)
    const again = await http.call('POST', '/api/designs', { document }, headers)
    expect(again.headers.get('idempotent-replay')).toBe('true')
    for (const { headers: told } of [first, again])
      expect([told.get('location'), told.get('etag')]).toEqual([`/api/designs/${first.body.id}`, '"1"'])
  })

  it('stands for a file as well, of which nothing is held', async () => {
    const { body } = await http.call('GET', `/api/designs/${designId}/log.ndjson`)
    const file = String(body.text)
    const send = (text: string, key: string) =>
      http.call('POST', '/api/designs/import', text, {
        'content-type': 'application/x-ndjson',
        'idempotency-key': key,
      })
    expect((await send(`${file}no`, 'import-once')).body.code).toMatch(/^IMPORT_/)
    const first = await send(file, 'import-once')
    const again = await send(file, 'import-once')
    expect([again.status, again.body]).toEqual([201, first.body])
    expect(again.headers.get('location')).toBe(`/api/designs/${first.body.id}`)
    expect((await send(`${file}\n`, 'import-once')).body.code).toBe('IDEMPOTENCY_KEY_REUSED')
    expect((await send(file, 'import-again')).body.id).not.toBe(first.body.id)
  })

  it('stands for one condition, too', async () => {
    const id = String((await http.call('POST', '/api/designs', { document })).body.id)
    const save = (version: number) =>
      http.call(
        'PUT',
        `/api/designs/${id}`,
        { document },
        { 'if-match': `"${version}"`, 'idempotency-key': 'save-once' },
      )
    expect((await save(1)).body.version).toBe(2)
    expect((await save(1)).body.version).toBe(2)
    expect((await save(2)).body.code).toBe('IDEMPOTENCY_KEY_REUSED')
  })

  it('is given back when the call failed', async () => {
    const headers = { 'idempotency-key': 'second-try' }
    const path = `/api/designs/${designId}/aggregates/Counter/idem/commands`
    expect((await http.call('POST', path, { type: 'Remove' }, headers)).body.code).toBe('COMMAND_REJECTED')
    await http.call('POST', path, { type: 'Add', payload: { by: 1 } })
    expect((await http.call('POST', path, { type: 'Remove' }, headers)).status).toBe(200)
  })
})

describe('user code meant to hurt', () => {
  const bad: readonly (readonly [string, string])[] = [
    ['loops', '() => { for (;;) {} }'],
    ['loops in native code', "() => { new Array(1e9) + '' }"],
    ['allocates without end', "() => { const all = []; for (;;) all.push('x'.repeat(1e6) + all.length) }"],
    ['throws', "() => { throw new Error('no') }"],
    ['returns a function', '() => () => 1'],
    ['reaches for the process', '() => process.exit(1)'],
    ['reaches for the network', "() => fetch('http://example.com')"],
    ['reaches out by the constructor', "() => (() => {}).constructor('return process')().exit(1)"],
    ['writes on prototypes', '() => { Object.prototype.saved = 1; Array.prototype.map = null; return {} }'],
    ['recurses for ever', '() => { const f = () => f(); return f() }'],
  ]

  it.each(bad)('that %s fails its own run, and the others and the server go on', async (_what, code) => {
    const own = designOf(
      [step('a'), { id: 'x', type: 'step', action: { type: 'script', code } }],
      chain('start', 'a', 'x'),
      {
        aggregates: [{ id: 'Bad', initialState: {}, commands: [{ name: 'Go', decide: code }], events: [] }],
        projections: [],
      },
    )
    const ownId = String((await http.call('POST', '/api/designs', { document: own })).body.id)
    const begun = await Promise.all(
      [ownId, designId].map((id) =>
        http.call('POST', `/api/designs/${id}/runs`, { saga: 'main', mode: 'virtual' }),
      ),
    )
    const [mine, other] = await Promise.all(begun.map(({ body }) => ended(String(body.id))))
    expect(other?.status).toBe('completed')
    // Writing on a frozen prototype may be an error or nothing; it is never seen by anybody else.
    expect(['compensated', 'completed']).toContain(mine?.status)
    if (!code.includes('prototype.saved'))
      expect(mine?.error).toMatchObject({ nodeId: 'x', code: expect.stringMatching(/^CODE_/) })
    const answer = await http.call('POST', `/api/designs/${ownId}/aggregates/Bad/1/commands`, { type: 'Go' })
    expect([answer.status, answer.body.code]).toEqual([422, expect.stringMatching(/^CODE_/)])
    expect(Object.keys(Object.prototype)).toEqual([])
    await isUp()
  })
})

describe('deleting a design', () => {
  it('with running runs asks first, and forced takes all of it with it', async () => {
    const own = designOf([{ id: 'w', type: 'wait', durationMs: 3_600_000 }], chain('start', 'w'))
    const id = String((await http.call('POST', '/api/designs', { document: own })).body.id)
    const run = String((await http.call('POST', `/api/designs/${id}/runs`, { saga: 'main' })).body.id)
    const refused = await http.call('DELETE', `/api/designs/${id}`)
    expect(refused).toMatchObject({ status: 409, body: { code: 'DESIGN_HAS_RUNNING_RUNS', runs: [run] } })
    expect((await http.call('GET', `/api/runs/${run}`)).body.status).toBe('running')
    expect((await http.call('DELETE', `/api/designs/${id}?force=true`)).status).toBe(204)
    for (const path of [`/api/designs/${id}`, `/api/runs/${run}`])
      expect((await http.call('GET', path)).status).toBe(404)
    expect(http.wb.engine.active).toBe(0)
  })
})

describe('a page of another site', () => {
  it('may change nothing; its own page may', async () => {
    const body = { template: 'money-transfer' }
    for (const origin of ['http://evil.example', 'null', `${http.url}.evil.example`]) {
      expect((await http.call('POST', '/api/designs', body, { origin })).body.code).toBe('FORBIDDEN_ORIGIN')
    }
    const created = await http.call('POST', '/api/designs', body, { origin: http.url })
    expect(created.status).toBe(201)
  })
})
