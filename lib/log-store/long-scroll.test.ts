import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boxPx, isAtEnd, placeAt, revealing, rowsShown, type ScrollSize, scrolledTo } from './long-scroll'

const small: ScrollSize = { rows: 100, rowPx: 28, viewPx: 600 }
const long: ScrollSize = { rows: 5_000_000, rowPx: 28, viewPx: 600 }
const sizes = fc.record({
  rows: fc.integer({ min: 0, max: 20_000_000 }),
  rowPx: fc.constantFrom(24, 28),
  viewPx: fc.integer({ min: 100, max: 2_000 }),
})

describe('scrolling over a long list', () => {
  it('is plain scrolling while the browser has pixels enough', () => {
    expect(boxPx(small)).toBe(2_800)
    expect(scrolledTo(321, placeAt(0, small), small)).toEqual({ shown: 321, bar: 321 })
    expect(placeAt(1e9, small)).toEqual({ shown: 2_200, bar: 2_200 })
  })

  it('never asks for a higher box than browsers give', () => {
    expect(boxPx(long)).toBe(8_000_000)
  })

  it('passes over no row when the wheel is turned, however long the list', () => {
    const at = placeAt(70_000_000, long)
    expect(scrolledTo(at.bar + 100, at, long)).toEqual({ shown: 70_000_100, bar: at.bar + 100 })
  })

  it('goes to that share of the whole when the scrollbar is dragged', () => {
    const middle = scrolledTo((boxPx(long) - 600) / 2, placeAt(0, long), long)
    expect(middle.shown).toBeCloseTo((long.rows * 28 - 600) / 2, 0)
  })

  it('reaches both ends, and shows every row whole that it is asked for', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), fc.nat(), (size, from, to) => {
        const whole = size.rows * size.rowPx
        expect(scrolledTo(0, placeAt(from % (whole + 1), size), size).shown).toBe(0)
        expect(isAtEnd(scrolledTo(boxPx(size) - size.viewPx, placeAt(0, size), size), size)).toBe(true)
        if (size.rows === 0) return
        const row = to % size.rows
        const { shown } = revealing(row, placeAt(from % (whole + 1), size), size)
        expect(shown).toBeLessThanOrEqual(row * size.rowPx)
        expect(shown + size.viewPx).toBeGreaterThanOrEqual(Math.min((row + 1) * size.rowPx, whole))
      }),
    )
  })

  it('draws what is in view and a little more, and never a row that is not there', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (size, at) => {
        const place = placeAt(at, size)
        const { from, to } = rowsShown(place, size, 8)
        expect(from).toBeGreaterThanOrEqual(0)
        expect(to).toBeLessThan(Math.max(size.rows, 1))
        expect(to - from).toBeLessThan(size.viewPx / size.rowPx + 20)
      }),
    )
  })
})
