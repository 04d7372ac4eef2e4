import { describe, expect, it } from 'vitest'
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

  it.each([['^(a+)+$'], ['(x|xx)*y'], ['(a{1,9}){5,}'], ['(a)\\1'], ['a'.repeat(201)]])(
    'does not take a pattern that could keep the host busy: %s',
    (pattern) => {
      expect(readSchema({ type: 'string', pattern })).toBeNull()
      expect(readSchema({ type: 'object', properties: { deep: { type: 'string', pattern } } })).toBeNull()
    },
  )

  it('asks for required properties that are not described, at any depth', () => {
    const bare = { type: 'object', required: ['n'] }
    expect(checkAgainstSchema(bare, {}).ok).toBe(false)
    expect(checkAgainstSchema(bare, { n: null }).ok).toBe(true)
    const nested = { type: 'object', properties: { item: bare }, required: ['item'] }
    expect(checkAgainstSchema(nested, { item: {} }).ok).toBe(false)
    expect(checkAgainstSchema(nested, { item: { n: 1 } }).ok).toBe(true)
  })

  it('accepts everything where the schema cannot be read', () => {
    expect(checkAgainstSchema({ $ref: '#/nowhere' }, 42).ok).toBe(true)
  })
})
