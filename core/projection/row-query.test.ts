import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../json'
import {
  compareTexts,
  filterText,
  matchesAll,
  parseFilter,
  ROW_OPERATORS,
  refusedCondition,
} from './row-filter'
import { compareRows, parseSort, sortText } from './row-order'
import { fieldPath, parsePath, pathText } from './row-path'

const conditions = (text: string) => {
  const parsed = parseFilter(text)
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}
const order = {
  status: 'Paid',
  total: 99.5,
  customer: { name: 'Ada' },
  tags: ['gift', 7],
  open: true,
  note: null,
}
const holds = (text: string) => matchesAll('order-1', order, conditions(text))

describe('a filter', () => {
  it('reads paths, operators and values', () => {
    expect(conditions('customer.name eq Ada and items[0].price ge 1e2 and ["a b"] ne "x and y"')).toEqual([
      { path: { of: 'row', steps: ['customer', 'name'] }, operator: 'eq', value: 'Ada' },
      { path: { of: 'row', steps: ['items', 0, 'price'] }, operator: 'ge', value: 100 },
      { path: { of: 'row', steps: ['a b'] }, operator: 'ne', value: 'x and y' },
    ])
    expect(conditions('$key eq "7" and $ ne null')).toEqual([
      { path: { of: 'key' }, operator: 'eq', value: '7' },
      { path: { of: 'row', steps: [] }, operator: 'ne', value: null },
    ])
  })

  it('compares like with like, and takes what is missing for null', () => {
    for (const text of [
      'status eq Paid',
      'total gt 99 and total le 99.5',
      'customer.name ge Aa',
      'tags contains gift and tags contains 7 and tags[1] eq 7',
      'status contains PAI',
      'open eq true',
      'note eq null and nowhere eq null and nowhere ne 1',
      '$key contains order',
    ])
      expect(holds(text), text).toBe(true)
    for (const text of [
      'status eq paid',
      'total eq "99.5"',
      'total lt Paid',
      'open eq 1',
      'tags contains if',
      'nowhere lt 5',
      'status eq Paid and open eq false',
    ])
      expect(holds(text), text).toBe(false)
  })

  it('says what is allowed when it is none', () => {
    for (const text of [
      '',
      'status',
      'status=Paid',
      'status is Paid',
      'status eq',
      'status eq "Paid',
      'status eq Paid or total eq 1',
      'status eq Paid and',
      "status') OR 1=1 -- eq 1",
      '["a\\"b"] eq 1',
      'a..b eq 1',
      '$keys eq 1',
    ]) {
      const parsed = parseFilter(text)
      expect(parsed.ok, text).toBe(false)
      if (!parsed.ok) expect(parsed.error).toMatch(/Operators: eq, ne, lt, le, gt, ge, contains/)
    }
    expect(parseFilter('open lt true')).toMatchObject({
      ok: false,
      error: expect.stringMatching(/compares numbers/),
    })
    expect(parseFilter('name eq "\\u0000"')).toMatchObject({
      ok: false,
      error: expect.stringMatching(/U\+0000/),
    })
  })

  it('written and read again is the same', () => {
    const name = fc.stringMatching(/^[^"\\\p{C}]{1,12}$/u)
    const path = fc.oneof(
      fc.constant({ of: 'key' } as const),
      fc.record({
        of: fc.constant('row' as const),
        steps: fc.array(fc.oneof(name, fc.nat(99)), { maxLength: 4 }),
      }),
    )
    const value = fc.oneof(
      fc.constantFrom(null, true, false, 'and', 'true', '12', '"', ''),
      fc.string(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    )
    const condition = fc
      .record({ path, operator: fc.constantFrom(...ROW_OPERATORS), value })
      .filter((one) => refusedCondition(one) === null)
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 4 }), (all) => {
        const wanted = all.map((one) => ({ ...one, value: one.value === 0 ? 0 : one.value }))
        expect(conditions(filterText(wanted))).toEqual(wanted)
      }),
    )
  })
})

describe('an order of rows', () => {
  it('puts nothing first, then truths, numbers, texts, and things last; and is turned round by a minus', () => {
    const values: readonly JsonObject[] = [
      { a: [1] },
      { a: 'x' },
      { a: 'b' },
      { a: 10 },
      { a: 9 },
      { a: true },
      { a: false },
      { a: null },
      {},
    ]
    const rows = values.map((row, at) => ({ key: `k${9 - at}`, row }))
    const sorted = (text: string) => {
      const sort = parseSort(text)
      if (!sort.ok) throw new Error(sort.error)
      return [...rows].sort(compareRows(sort.value)).map(({ row }) => ('a' in row ? row.a : undefined))
    }
    expect(sorted('a')).toEqual([undefined, null, false, true, 9, 10, 'b', 'x', [1]])
    expect(sorted('-a')).toEqual([[1], 'x', 'b', 10, 9, true, false, undefined, null])
    expect(sorted('-$key').at(0)).toEqual([1])
  })

  it('written and read again is the same, and is refused with what is allowed', () => {
    const parsed = parseSort('-total, customer.name,$key')
    expect(parsed.ok && sortText(parsed.value)).toBe('-total,customer.name,$key')
    for (const text of ['', '-', 'a b', 'a,', 'a;drop', '+a'])
      expect(parseSort(text)).toMatchObject({ ok: false, error: expect.stringMatching(/-total,status/) })
  })

  it('compares texts by code point', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        const points = (text: string) => Buffer.from(text, 'utf8')
        expect(Math.sign(compareTexts(a, b))).toBe(Math.sign(Buffer.compare(points(a), points(b))))
      }),
    )
  })
})

describe('a path', () => {
  it('of a field is written so that it is read again, or there is none', () => {
    for (const field of ['total', 'a b', 'größe', '0', '__proto__', '$key', 'a-b', "it's"]) {
      const path = fieldPath(field)
      expect(path && parsePath(pathText(path))).toEqual({ ok: true, value: { of: 'row', steps: [field] } })
    }
    expect(fieldPath('a"b')).toBeNull()
    expect(fieldPath('a\\b')).toBeNull()
    expect(fieldPath('')).toBeNull()
  })
})
