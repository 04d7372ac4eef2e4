import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '@/core/json'
import { sameJson } from '@/core/json'
import { entriesOf, markOf } from './json-diff'

const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>
const marks = (value: Json, previous: Json) =>
  Object.fromEntries(entriesOf(value, previous).map((entry) => [entry.key, entry.mark]))

describe('the marks of a comparison', () => {
  it('tells what changed, was added, was removed and has a change inside', () => {
    const before = { id: 1, total: 40, gone: 'x', items: [{ n: 1 }] }
    const now = { id: 1, total: 42, items: [{ n: 1 }, { n: 2 }], fresh: null }
    expect(marks(now, before)).toEqual({
      id: 'same',
      total: 'changed',
      items: 'inside',
      fresh: 'added',
      gone: 'removed',
    })
    expect(marks(now.items, before.items)).toEqual({ 0: 'same', 1: 'added' })
  })

  it('calls a list that became an object changed, not opened', () => {
    expect(markOf({ 0: 'a' }, ['a'])).toBe('changed')
    expect(markOf(null, {})).toBe('changed')
    expect(sameJson(['a'], { 0: 'a' })).toBe(false)
  })

  it('ignores the order of keys and minds the order of a list', () => {
    expect(sameJson({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true)
    expect(sameJson([1, 2], [2, 1])).toBe(false)
  })

  it('marks everything same when there is nothing to compare with', () => {
    expect(entriesOf({ a: 1, b: [] }, undefined).map(({ mark }) => mark)).toEqual(['same', 'same'])
  })

  it('survives keys that objects are born with', () => {
    expect(marks({ constructor: 1 }, {})).toEqual({ constructor: 'added' })
    expect(sameJson({ toString: 1 }, { valueOf: 1 })).toBe(false)
  })

  it('is equal to itself, and has a mark somewhere exactly when it is not the same', () => {
    fc.assert(
      fc.property(json, json, (value, previous) => {
        const copy = JSON.parse(JSON.stringify(value)) as Json
        expect(markOf(value, copy)).toBe('same')
        const mark = markOf(value, previous)
        const inner = mark === 'inside' ? entriesOf(value, previous) : []
        if (mark === 'inside') expect(inner.some((entry) => entry.mark !== 'same')).toBe(true)
        expect(mark === 'same').toBe(sameJson(value, previous))
      }),
    )
  })
})
