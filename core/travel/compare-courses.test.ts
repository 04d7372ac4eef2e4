import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareCourses } from './compare-courses'

const event = fc.record({ type: fc.constantFrom('A', 'B'), data: fc.constantFrom({ n: 1 }, { n: 2 }) })
const course = fc.array(event, { maxLength: 8 })

describe('two courses', () => {
  it('do not diverge from themselves', () =>
    fc.assert(
      fc.property(course, (one) => {
        expect(compareCourses(one, structuredClone(one)).divergesAt).toBeNull()
      }),
    ))

  it('are the same up to the point where they diverge, and differ there', () =>
    fc.assert(
      fc.property(course, course, (happened, supposed) => {
        const { divergesAt, places } = compareCourses(happened, supposed)
        expect(places).toHaveLength(Math.max(happened.length, supposed.length))
        const common = divergesAt ?? places.length
        expect(happened.slice(0, common)).toEqual(supposed.slice(0, common))
        if (divergesAt !== null) expect(happened[divergesAt]).not.toEqual(supposed[divergesAt])
      }),
    ))

  it('are told apart by type and data, not by when or in what order members stand', () => {
    const happened = [{ type: 'A', data: { a: 1, b: 2 }, recordedAt: 5 }]
    expect(compareCourses(happened, [{ type: 'A', data: { b: 2, a: 1 } }]).divergesAt).toBeNull()
    expect(compareCourses(happened, [{ type: 'A', data: { b: 2 } }]).divergesAt).toBe(0)
    expect(compareCourses(happened, []).places).toMatchObject([{ supposed: null, same: false }])
  })
})
