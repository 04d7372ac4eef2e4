import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { httpCallSchema } from '../design/http'
import type { Json } from '../json'
import { err, ok } from '../result'
import { type HttpAnswer, judgeAnswer } from './answer'
import { type AskForPart, type HttpRequest, httpRequest } from './request'
import { fillTemplate, parseTemplate } from './template'
import { readHttpUrl } from './url'

const TEMPLATE = 'https://shop.example/orders/{order.id}/lines?q={q}'
const refusal = (template: string, input: Json): string => {
  const filled = fillTemplate(template, input)
  if (filled.ok) throw new Error(`filled: ${filled.value}`)
  return filled.error
}

describe('a template', () => {
  it('is filled from the input, each value percent-encoded', () => {
    expect(fillTemplate(TEMPLATE, { order: { id: 'a/b ü?#%' }, q: 'x&y=z' })).toEqual(
      ok('https://shop.example/orders/a%2Fb%20%C3%BC%3F%23%25/lines?q=x%26y%3Dz'),
    )
    expect(fillTemplate('{a}/{b}/{list.1}', { a: 7, b: true, list: ['x', 'y'] })).toEqual(ok('7/true/y'))
  })

  it('keeps whatever text a value has within its own part of the path, for every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (id) => {
        const filled = fillTemplate('https://shop.example/orders/{id}/lines', { id })
        if (!filled.ok) return
        const read = readHttpUrl(filled.value)
        if (!read.ok) throw new Error(read.error)
        const parts = read.value.pathname.split('/')
        expect([read.value.host, parts.length, parts[1], parts[3]]).toEqual([
          'shop.example',
          4,
          'orders',
          'lines',
        ])
        expect(decodeURIComponent(parts[2] ?? '')).toBe(id)
      }),
    )
  })

  it.each([
    ['', /no part of a path/],
    ['.', /no part of a path/],
    ['..', /no part of a path/],
    ['\ud800', /no well-formed text/],
    [null, /no text/],
    [{ id: 1 }, /no text/],
  ])('refuses the value %j', (id, message) => {
    expect(refusal('https://shop.example/{id}', { id })).toMatch(message)
  })

  it('refuses what is not there, and what only a prototype has; behind a ? nothing is a value too', () => {
    expect(refusal('/{a.b}', { a: 'text' })).toMatch(/\{a\.b\}/)
    expect(refusal('/{constructor.name}', {})).toMatch(/no text/)
    expect(fillTemplate('/?q={q}', { q: '' })).toEqual(ok('/?q='))
  })

  it('that is never closed, never opened or names nothing is none', () => {
    for (const template of ['{a', 'a}', '{}', '{a..b}', '{{a}}', '{a b}'])
      expect([template, parseTemplate(template).ok]).toEqual([template, false])
  })
})

const callOf = (more: object = {}) =>
  httpCallSchema.parse({ url: { type: 'template', template: 'https://shop.example/pay#part' }, ...more })
const nothing: AskForPart = () => Promise.resolve(err({ code: 'CODE_THREW', message: '', kind: 'business' }))
const made = (more: object, answers: Readonly<Record<string, Json>> = {}, input: Json = { amount: 7 }) =>
  httpRequest(callOf(more), input, 'run:n:0:action', (part) =>
    part in answers ? Promise.resolve(ok(answers[part] ?? null)) : nothing(part),
  )
const CODE = { type: 'code', code: '() => 1' }

describe('a request', () => {
  it('has the input as JSON for POST, PUT and PATCH, and nothing for GET and DELETE', async () => {
    const bodies = await Promise.all(
      ['POST', 'PUT', 'PATCH', 'GET', 'DELETE'].map(async (method) => {
        const request = await made({ method })
        return request.ok ? [request.value.body, request.value.headers['content-type']] : request.error
      }),
    )
    const sent = ['{"amount":7}', 'application/json']
    expect(bodies).toEqual([sent, sent, sent, [null, undefined], [null, undefined]])
  })

  it('has the body it is told to, and none when that is null', async () => {
    expect(await made({ body: { type: 'none' } })).toMatchObject({ value: { body: null } })
    expect(await made({ method: 'DELETE', body: { type: 'input' } })).toMatchObject({
      value: { body: '{"amount":7}' },
    })
    expect(await made({ body: CODE }, { body: [1] })).toMatchObject({ value: { body: '[1]' } })
    expect(await made({ body: CODE }, { body: null })).toMatchObject({ value: { body: null } })
  })

  it('has its own headers in lower case, those of the workbench beside them, and its key whatever they say', async () => {
    const headers = { type: 'fixed', fields: [{ name: 'User-Agent', value: 'mine' }] }
    expect(await made({ headers })).toEqual(
      ok({
        method: 'POST',
        url: 'https://shop.example/pay',
        headers: {
          accept: 'application/json, */*;q=0.5',
          'user-agent': 'mine',
          'content-type': 'application/json',
          'idempotency-key': 'run:n:0:action',
        },
        body: '{"amount":7}',
        timeoutMs: null,
        redirects: 0,
      }),
    )
  })

  it('leaves out headers that are null, and makes numbers text', async () => {
    const request = await made({ headers: CODE }, { headers: { 'x-no': null, 'x-n': 5 } })
    expect(request.ok && request.value.headers).toMatchObject({ 'x-n': '5' })
    expect(request.ok && 'x-no' in request.value.headers).toBe(false)
  })

  it.each([
    ['an address that is none', { url: CODE }, { url: 'mailto:me' }],
    ['an address that is no text', { url: CODE }, { url: 7 }],
    ['headers that are no object', { headers: CODE }, { headers: [] }],
    ['a header that is a list', { headers: CODE }, { headers: { a: [] } }],
    ['a header with a line break', { headers: CODE }, { headers: { a: 'x\nhost: y' } }],
    ['a header of the workbench', { headers: CODE }, { headers: { 'Idempotency-Key': 'x' } }],
    ['too many headers', { headers: CODE }, { headers: Object.fromEntries(many(51)) }],
  ])('is refused for %s', async (_what, http, answers) => {
    expect(await made(http, answers as Readonly<Record<string, Json>>)).toMatchObject({
      ok: false,
      error: { code: 'HTTP_REQUEST_INVALID', kind: 'business' },
    })
  })

  it('is not made when one of its expressions fails', async () => {
    for (const part of ['url', 'headers', 'body'])
      expect(await made({ [part]: CODE })).toMatchObject({ ok: false, error: { code: 'CODE_THREW' } })
  })
})

const REQUEST: HttpRequest = {
  method: 'POST',
  url: 'https://shop.example/pay?secret=1',
  headers: {},
  body: null,
  timeoutMs: null,
  redirects: 0,
}
const answered = (status: number, body: unknown, more: object = {}): HttpAnswer => ({
  type: 'answered',
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  text: typeof body === 'string' ? body : JSON.stringify(body),
  cut: false,
  ...more,
})
const judged = (answer: HttpAnswer, more: object = {}) =>
  judgeAnswer(callOf(more), [{ name: 'Busy', kind: 'technical', probability: 0 }], REQUEST, answer)

describe('what an answer means', () => {
  it('is its JSON object, else its status beside what it said', () => {
    const plain = { headers: { 'content-type': 'text/plain' } }
    const results = [
      answered(200, { paid: 1 }),
      answered(200, [1]),
      answered(200, 'null'),
      answered(204, ''),
      answered(200, '{"a":1}', plain),
      answered(200, '{"a":1}', { headers: {} }),
      answered(200, '{"a":'),
    ].map((answer) => {
      const verdict = judged(answer)
      return verdict.type === 'succeeded' ? verdict.result : verdict
    })
    expect(results).toEqual([
      { paid: 1 },
      { status: 200, body: [1] },
      { status: 200, body: null },
      {},
      { status: 200, text: '{"a":1}' },
      { a: 1 },
      { status: 200, text: '{"a":' },
    ])
  })

  it('is given to its expression whole', () => {
    expect(judged(answered(201, { paid: 1 }))).toMatchObject({
      answer: {
        status: 201,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: { paid: 1 },
        text: null,
      },
    })
    expect(judged(answered(200, 'hello', { headers: { 'content-type': 'text/plain' } }))).toMatchObject({
      answer: { body: null, text: 'hello' },
    })
  })

  it('is an error of the contract before anything else, by the first mapping that fits', () => {
    const errors = [
      { status: 200, code: '42', error: 'Busy' },
      { status: '4xx', error: 'Refused' },
    ]
    const http = { errors, errorCodePath: 'error.type' }
    expect(judged(answered(200, { error: { type: 42 } }), http)).toMatchObject({
      type: 'failed',
      error: { code: 'Busy', kind: 'technical' },
    })
    expect(judged(answered(200, { error: { type: 43 } }), http)).toMatchObject({ type: 'succeeded' })
    expect(judged(answered(404, {}), http)).toMatchObject({ error: { code: 'Refused', kind: 'business' } })
  })

  it('is told in one short line without the query of its address', () => {
    expect(judged(answered(400, { detail: 'no\n such   thing' }))).toMatchObject({
      error: { message: 'POST https://shop.example/pay answered 400: no such thing' },
    })
    const long = judged(answered(500, 'x'.repeat(5_000), { headers: { 'content-type': 'text/html' } }))
    expect(long.type === 'failed' && long.error.message.length).toBeLessThan(300)
  })

  it('is unknown when it cannot be read whole, but a refusal stays one', () => {
    const deep = '['.repeat(5_000) + ']'.repeat(5_000)
    for (const answer of [answered(200, '{', { cut: true }), answered(200, deep)])
      expect(judged(answer)).toMatchObject({
        type: 'unknown',
        error: { code: 'HTTP_ANSWER_TOO_LARGE', kind: 'business' },
      })
    expect(judged(answered(400, '{', { cut: true }))).toMatchObject({
      type: 'failed',
      error: { code: 'HttpStatus400' },
    })
  })

  it.each([
    [302, 'failed', 'business'],
    [404, 'failed', 'business'],
    [408, 'failed', 'technical'],
    [429, 'failed', 'technical'],
    [500, 'failed', 'technical'],
    [502, 'unknown', 'technical'],
    [503, 'failed', 'technical'],
    [504, 'unknown', 'technical'],
  ])('of an unexpected %i is %s and %s', (status, type, kind) => {
    expect(judged(answered(status, {}))).toMatchObject({
      type,
      error: { code: `HttpStatus${status}`, kind },
    })
  })

  it('is nothing done when nothing was sent, and unknown when no answer came', () => {
    const error = { code: 'X', message: '', kind: 'technical' } as const
    expect(judged({ type: 'not-sent', error })).toEqual({ type: 'failed', error })
    expect(judged({ type: 'no-answer', error })).toEqual({ type: 'unknown', error })
  })
})

function many(count: number): readonly (readonly [string, string])[] {
  return Array.from({ length: count }, (_, at) => [`x-${at}`, 'v'] as const)
}
