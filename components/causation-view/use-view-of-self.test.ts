import { describe, expect, it } from 'vitest'
import { placeOf } from './use-view-of-self'

describe('the first view of causes and effects', () => {
  it('has all of them in the middle when they fit', () => {
    expect(placeOf(500, 100, 300, 150)).toBe(0)
  })

  it('else has the event looked at in the middle, and nothing empty beside the first and the last', () => {
    expect(placeOf(500, 0, 2_000, 1_000)).toBe(-750)
    expect(placeOf(500, 0, 2_000, 50)).toBe(40)
    expect(placeOf(500, 0, 2_000, 1_950)).toBe(-1_540)
  })
})
