import { expect, test } from 'vitest'
import { localOf, placeOf, timeOf } from './place-of'

test.each([
  ['900000', { position: 900_000 }],
  [' 900 000 ', { position: 900_000 }],
  ['900,000', { position: 900_000 }],
  ['2026-03-01T14:30:00Z', { time: Date.UTC(2026, 2, 1, 14, 30) }],
  ['yesterday', null],
  ['', null],
  ['-5', null],
])('%j is %j', (text, place) => {
  expect(placeOf(text)).toEqual(place)
})

test('a moment survives the input that shows it', () => {
  const time = Date.UTC(2026, 10, 25, 22, 13, 5)
  expect(timeOf(localOf(time))).toBe(time)
  expect(localOf(undefined)).toBe('')
  expect(timeOf('')).toBeNull()
})
