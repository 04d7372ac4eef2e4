import { describe, expect, it } from 'vitest'
import { formatMoment, formatMomentMs, formatTimeOfDay, momentIn } from './moment'

const thisYear = new Date().getFullYear()
const at = new Date(thisYear, 10, 26, 9, 5, 7, 42).getTime()

describe('a moment', () => {
  it('is told by the day and the time of day, with the year only when it is another', () => {
    expect(formatMoment(at)).toBe('26 Nov, 09:05:07')
    expect(formatMoment(new Date(2019, 0, 2, 13, 0, 0).getTime())).toBe('02 Jan 2019, 13:00:00')
    expect([formatMomentMs(at), formatTimeOfDay(at)]).toEqual(['26 Nov, 09:05:07.042', '09:05:07'])
  })

  it('is found in data where the field says so and the number can be one', () => {
    for (const field of ['at', 'updatedAt', 'startTime', 'dueDate'])
      expect(momentIn(field, at)).toBe('26 Nov, 09:05:07')
    expect([momentIn('total', at), momentIn('at', 5), momentIn('at', '5'), momentIn('format', at)]).toEqual([
      null,
      null,
      null,
      null,
    ])
  })
})
