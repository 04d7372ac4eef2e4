import { describe, expect, it } from 'vitest'
import type { DesignInput } from './document'
import { blockingProblems, lintDesign } from './lint'
import { design, problems, saga } from './lint-fixture'
import { applyPatch } from './patch'

type OperationInput = NonNullable<NonNullable<DesignInput['services']>[number]['operations']>[number]
type HttpInput = NonNullable<OperationInput['http']>

const calling = (http: HttpInput, more: Partial<OperationInput> = {}): DesignInput => ({
  formatVersion: 1,
  name: 'Test',
  services: [{ id: 'shop', operations: [{ id: 'buy', ...more, http }] }],
  sagas: [
    saga('start > pay, pay > end', {
      pay: { type: 'step', action: { type: 'call', service: 'shop', operation: 'buy' } },
    }),
  ],
})
const to = (template: string): HttpInput => ({ url: { type: 'template', template } })
const found = (document: DesignInput, code: Parameters<typeof problems>[1]) =>
  problems(design(document), code).map(({ message, path, severity }) => ({ message, path, severity }))

const URL_PATH = ['services', 0, 'operations', 0, 'http', 'url', 'template']

describe('the address of a real call', () => {
  it.each([
    ['', /an address is needed/],
    ['shop.example/orders', /is no address/],
    ['ftp://shop.example', /not ftp:/],
    ['https://me:secret@shop.example', /authorization header/],
    ['https://shop.example/{id', /a \{ without its \}/],
    ['https://shop.example/id}', /a \} without its \{/],
    ['https://shop.example/{}', /no way to a value/],
    ['https://shop.example/{a b}', /no way to a value/],
  ])('%s is told, and keeps the saga that calls it from running', (template, message) => {
    const document = design(calling(to(template)))
    expect(problems(document, 'HTTP_URL_INVALID')).toMatchObject([
      { severity: 'error', path: URL_PATH, message: expect.stringMatching(message) },
    ])
    expect(blockingProblems(document, lintDesign(document), 'saga')).toHaveLength(1)
  })

  it.each(['https://shop.example/orders/{order.id}?q={q}', 'http://{host}:8080/x', 'https://{a}.example'])(
    '%s is one',
    (template) => {
      expect(found(calling(to(template)), 'HTTP_URL_INVALID')).toEqual([])
    },
  )

  it('that an expression gives is not judged before it is known', () => {
    expect(found(calling({ url: { type: 'code', code: '() => 1' } }), 'HTTP_URL_INVALID')).toEqual([])
  })

  it('warns of a part that the input schema does not name; a schema that names nothing accepts all', () => {
    const inputSchema = { type: 'object', properties: { order: { type: 'object' } } }
    const http = to('https://shop.example/{order.id}/{item}')
    expect(found(calling(http, { inputSchema }), 'HTTP_UNKNOWN_PARAM')).toEqual([
      {
        severity: 'warning',
        path: URL_PATH,
        message: 'the input schema has no "item" to put into the address',
      },
    ])
    expect(found(calling(http, { inputSchema: {} }), 'HTTP_UNKNOWN_PARAM')).toEqual([])
  })
})

describe('a header of a real call', () => {
  const sending = (name: string, value = 'x'): DesignInput =>
    calling({ ...to('https://shop.example'), headers: { type: 'fixed', fields: [{ name, value }] } })

  it.each([
    ['', 'x'],
    ['a b', 'x'],
    ['Host', 'x'],
    ['Idempotency-Key', 'x'],
    ['x-note', 'one\r\nx-other: two'],
    ['x-note', '✓'],
  ])('"%s: %s" is told', (name, value) => {
    expect(found(sending(name, value), 'HTTP_HEADER_INVALID')).toMatchObject([
      { severity: 'error', path: ['services', 0, 'operations', 0, 'http', 'headers', 'fields', 0] },
    ])
  })

  it('that is set twice is told once, whatever its case; any other is fine', () => {
    const fields = ['X-One', 'x-one', 'authorization'].map((name) => ({ name, value: 'v' }))
    const document = calling({ ...to('https://shop.example'), headers: { type: 'fixed', fields } })
    expect(found(document, 'HTTP_HEADER_INVALID').map(({ path }) => path.at(-1))).toEqual([1])
  })
})

describe('an error mapping of a real call', () => {
  it('to an error that the contract does not name is told, and its fix names it', () => {
    const http: HttpInput = { ...to('https://shop.example'), errors: [{ status: 402, error: 'Declined' }] }
    const document = design(calling(http))
    const [problem] = problems(document, 'HTTP_UNKNOWN_ERROR')
    expect(problem).toMatchObject({
      severity: 'error',
      path: ['services', 0, 'operations', 0, 'http', 'errors', 0, 'error'],
    })
    const fixed = applyPatch(JSON.parse(JSON.stringify(document)), problem?.fix?.patch ?? [])
    expect(problems(design(fixed as Partial<DesignInput>), 'HTTP_UNKNOWN_ERROR')).toEqual([])
  })

  it('to an error of the contract is fine', () => {
    const http: HttpInput = { ...to('https://shop.example'), errors: [{ status: '4xx', error: 'Declined' }] }
    expect(found(calling(http, { errors: [{ name: 'Declined' }] }), 'HTTP_UNKNOWN_ERROR')).toEqual([])
  })
})

it('the probabilities of simulated errors mean nothing to a real call', () => {
  const errors = [
    { name: 'A', probability: 1 },
    { name: 'B', probability: 1 },
  ]
  expect(found(calling(to('https://shop.example'), { errors }), 'OPERATION_ERROR_PROBABILITY')).toEqual([])
})
