import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gistOf } from './gist'
import { HALF_A_PAIR } from './half-a-pair'
import type { JsonObject } from './json'

describe('the gist of some data', () => {
  it('names each field and what it holds, in one line', () => {
    expect(
      gistOf({ customer: 'ada\nking', amount: 25_000, paid: null, items: [1, 2], to: { city: 'x' } }),
    ).toBe('customer ada king · amount 25000 · paid null · items [2] · to {…}')
    expect(gistOf({})).toBe('')
  })

  it('is never longer than it may be, however much there is', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' })),
        (data) => {
          const gist = gistOf(data as JsonObject)
          expect([...gist].length).toBeLessThanOrEqual(80)
          expect(gist).not.toMatch(HALF_A_PAIR)
        },
      ),
    )
    expect(gistOf({ note: 'x'.repeat(10_000) })).toBe(`note ${'x'.repeat(74)}…`)
    expect(gistOf({ note: `x${'😀'.repeat(60)}${'😀'.repeat(60)}` })).not.toMatch(HALF_A_PAIR)
  })
})
