import { describe, expect, it } from 'vitest'
import { DESIGN_LIMITS } from './design/limits'
import type { Json, JsonObject } from './json'
import { checkAgainstSchema, readSchema } from './json-schema'

describe('a JSON Schema of a design', () => {
  it('tells what does not fit, with its path', () => {
    const schema = {
      type: 'object',
      properties: { amount: { type: 'number', minimum: 1 } },
      required: ['amount'],
    }
    expect(checkAgainstSchema(schema, { amount: 5 })).toEqual({ ok: true, value: { amount: 5 } })
    const refused = checkAgainstSchema(schema, { amount: 0 })
    expect(refused.ok ? [] : refused.error.map(({ path }) => path)).toEqual([['amount']])
  })

  it('takes an ordinary pattern', () => {
    const schema = { type: 'string', pattern: '^[A-Z]{3}-[0-9]+$' }
    expect(checkAgainstSchema(schema, 'ABC-12').ok).toBe(true)
    expect(checkAgainstSchema(schema, 'abc').ok).toBe(false)
  })

  it.each([['^(a+)+$'], ['^a*a*a*a*a*a*b$'], ['(x|xx)*y'], ['(a{1,9}){5,}c'], ['(a?){40}a{40}c']])(
    'tries no pattern for long, whatever it is: %s',
    (pattern) => {
      const began = performance.now()
      const long = `${'a'.repeat(20_000)}!`
      expect(checkAgainstSchema({ type: 'string', pattern }, long).ok).toBe(false)
      expect(checkAgainstSchema({ patternProperties: { [pattern]: false } }, { [long]: 1 }).ok).toBe(true)
      expect(performance.now() - began).toBeLessThan(5_000)
    },
  )

  it.each([['(a)\\1'], ['(?=a)b'], ['('], ['a'.repeat(201)]])('does not take the pattern %s', (pattern) => {
    expect(readSchema({ type: 'string', pattern })).toBeNull()
    expect(readSchema({ type: 'object', properties: { deep: { type: 'string', pattern } } })).toBeNull()
    expect(readSchema({ patternProperties: { [pattern]: {} } })).toBeNull()
  })

  it.each<readonly [JsonObject, Json, Json]>([
    [{ properties: { by: { type: 'number' } } }, { by: 1 }, { by: 'x' }],
    [{ required: ['by'] }, { by: null }, {}],
    [{ additionalProperties: false }, {}, { s: 1 }],
    [{ type: 'object', properties: { s: { pattern: '^b$' } } }, { s: 'b' }, { s: 'a' }],
    [{ minimum: 3 }, 'text', 2],
    [{ items: { type: 'number' } }, [1], ['a']],
    [{ allOf: [{ required: ['a'] }, { required: ['b'] }] }, { a: 1, b: 1 }, { a: 1 }],
    [{ anyOf: [{ required: ['a'] }, { required: ['b'] }] }, { b: 1 }, { c: 1 }],
    [{ oneOf: [{ type: 'number' }, { minimum: 3 }] }, 'text', 4],
    [{ properties: { a: false } }, { b: 1 }, { a: 1 }],
    [{ not: { type: 'string' } }, 1, 'a'],
    [{ if: { required: ['a'] }, else: { required: ['b'] } }, { a: 1 }, { c: 1 }],
    [{ dependentRequired: { a: ['b'] } }, { b: 1 }, { a: 1 }],
    [{ patternProperties: { '^x-': { type: 'number' } } }, { 'x-a': 1, y: 'a' }, { 'x-a': 'a' }],
    [{ patternProperties: { '^x-': {} }, additionalProperties: false }, { 'x-a': 1 }, { y: 1 }],
    [
      { uniqueItems: true },
      [{ a: 1, b: 2 }, { a: 2 }],
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
    ],
    [{ const: { a: 1 } }, { a: 1 }, { a: 2 }],
    [{ $defs: { n: { type: 'number' } }, properties: { a: { $ref: '#/$defs/n' } } }, { a: 1 }, { a: 'x' }],
    [
      { properties: { next: { $ref: '#' } }, required: ['v'] },
      { v: 1, next: { v: 2 } },
      { v: 1, next: {} },
    ],
    [{ format: 'email' }, 'ada@example.org', 'ada'],
  ])('means what JSON Schema means by %j', (schema, fits, fitsNot) => {
    expect(readSchema(schema)).not.toBeNull()
    expect(checkAgainstSchema(schema, fits).ok).toBe(true)
    expect(checkAgainstSchema(schema, fitsNot).ok).toBe(false)
  })

  it('says in words what does not fit, and where', () => {
    const schema = {
      properties: { list: { items: { enum: ['a', { b: 1 }] } }, 'a/b': { type: ['string', 'null'] } },
      required: ['name'],
      additionalProperties: false,
    }
    const refused = checkAgainstSchema(schema, { list: ['a', 'c'], 'a/b': 5, more: 1 })
    const said = refused.ok ? [] : refused.error.map(({ path, message }) => [path.join('.'), message])
    expect(said.sort()).toEqual([
      ['a/b', 'expected ["string","null"], got number'],
      ['list.1', 'expected one of ["a",{"b":1}]'],
      ['more', '"more" is not allowed here'],
      ['name', '"name" is missing'],
    ])
  })

  it('gives up a check that takes too long, and refuses the value', () => {
    const names = Array.from({ length: 40 }, (_, at) => `n${at}`)
    const $defs = Object.fromEntries(
      names.map((name, at) => {
        const next = { $ref: `#/$defs/${names[at + 1] ?? 'end'}` }
        return [name, { anyOf: [next, next] }]
      }),
    )
    const doubling = {
      properties: { a: { $ref: '#/$defs/n0' } },
      $defs: { ...$defs, end: { type: 'number' } },
    }
    const began = performance.now()
    expect(checkAgainstSchema(doubling, { a: 'text' })).toMatchObject({
      ok: false,
      error: [{ message: 'takes too long to check against its schema' }],
    })
    const many = Array.from({ length: 100_000 }, (_, at) => at)
    expect(checkAgainstSchema({ uniqueItems: true }, many).ok).toBe(true)
    expect(checkAgainstSchema({ items: { enum: many } }, many).ok).toBe(false)
    expect(checkAgainstSchema({ items: { type: 'string' } }, many)).toMatchObject({ ok: false })
    expect(performance.now() - began).toBeLessThan(10_000)
  })

  it.each<readonly [string, JsonObject, Json]>([
    [
      'many names that are missing, many times',
      { items: { required: Array.from({ length: 3_000 }, (_, at) => `n${at}`) } },
      Array(3_000).fill({}),
    ],
    [
      'many properties, looked through many times',
      { allOf: Array(3_000).fill({ additionalProperties: {} }) },
      Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`k${at}`, 1])),
    ],
    [
      'a long text, measured many times',
      { allOf: Array(3_000).fill({ maxLength: 10 }) },
      'x'.repeat(200_000),
    ],
    [
      'a long list of what is allowed, told many times',
      { items: { enum: Array(20_000).fill('x'.repeat(20)) } },
      Array(20_000).fill(1),
    ],
  ])('gives up on %s', (_what, schema, value) => {
    const began = performance.now()
    expect(checkAgainstSchema(schema, value).ok).toBe(false)
    expect(performance.now() - began).toBeLessThan(10_000)
  })

  it('knows a name that every object has from one that the schema or the value has', () => {
    const schema = {
      properties: { a: { type: 'number' } },
      patternProperties: { '^x': {} },
      additionalProperties: false,
    }
    expect(checkAgainstSchema({ properties: { a: {} } }, { constructor: 1, toString: 2 }).ok).toBe(true)
    expect(checkAgainstSchema(schema, { a: 1, xy: 1 }).ok).toBe(true)
    const refused = checkAgainstSchema(schema, { constructor: 1 })
    expect(refused.ok ? [] : refused.error.map(({ message }) => message)).toEqual([
      '"constructor" is not allowed here',
    ])
    expect(checkAgainstSchema({ required: ['constructor'] }, {}).ok).toBe(false)
    expect(
      checkAgainstSchema({ properties: { constructor: { type: 'number' } } }, { constructor: 'x' }).ok,
    ).toBe(false)
    expect(checkAgainstSchema({ additionalProperties: false }, { _id: 1 }).ok).toBe(false)
  })

  it('reads no schema in what is data', () => {
    const schema = { const: { $ref: '#/nowhere' }, default: { $ref: 'x' }, examples: [{ $ref: 'y' }] }
    expect(checkAgainstSchema(schema, { $ref: '#/nowhere' }).ok).toBe(true)
    expect(checkAgainstSchema(schema, 1).ok).toBe(false)
  })

  it('reads the schema of a property that is called as a keyword is', () => {
    expect(readSchema({ properties: { default: { $ref: '#/nowhere' } } })).toBeNull()
    const schema = { properties: { enum: { type: 'number' }, const: { properties: { a: {} } } } }
    expect(checkAgainstSchema(schema, { enum: 1, const: { constructor: 1 } }).ok).toBe(true)
    expect(checkAgainstSchema(schema, { enum: 'x' }).ok).toBe(false)
  })

  it('tells at most a hundred mistakes', () => {
    const refused = checkAgainstSchema({ items: { type: 'string' } }, Array(1_000).fill(1))
    expect(refused.ok ? 0 : refused.error.length).toBe(DESIGN_LIMITS.schemaIssues)
  })

  it('asks for required properties that are not described, at any depth', () => {
    const bare = { type: 'object', required: ['n'] }
    expect(checkAgainstSchema(bare, {}).ok).toBe(false)
    expect(checkAgainstSchema(bare, { n: null }).ok).toBe(true)
    const nested = { type: 'object', properties: { item: bare }, required: ['item'] }
    expect(checkAgainstSchema(nested, { item: {} }).ok).toBe(false)
    expect(checkAgainstSchema(nested, { item: { n: 1 } }).ok).toBe(true)
  })

  it('accepts everything where the schema cannot be read', () => {
    const unreadable: readonly JsonObject[] = [
      { $ref: '#/nowhere' },
      { $ref: '#' },
      { type: 'strin' },
      { $ref: 'http://x.example' },
      { properties: { next: {} }, allOf: [{ $ref: '#' }] },
    ]
    for (const schema of unreadable) {
      expect(readSchema(schema)).toBeNull()
      expect(checkAgainstSchema(schema, 42).ok).toBe(true)
    }
  })
})
