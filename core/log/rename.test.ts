import { expect, test } from 'vitest'
import { type IdsInLog, renamedData, renamedId, renamedText } from './rename'

const kept: IdsInLog = { from: 'd1', to: 'd2', runs: new Map(), others: false }
const renewed: IdsInLog = { ...kept, runs: new Map([['abc', 'xyz']]), others: true }

test.each([
  ['abc', 'xyz'],
  ['abc:7', 'xyz:7'],
  ['abc:charge:0:action', 'xyz:charge:0:action'],
  ['run-abc', 'run-xyz'],
  ['Order-abc', 'Order-xyz'],
  ['run-abc:3', 'run-xyz:3'],
  ['abcd', 'abcd'],
  ['about abc', 'about abc'],
  ['', ''],
])('a run under a new id: %s is %s', (text, renamed) => {
  expect(renamedText(text, renewed)).toBe(renamed)
  expect(renamedText(text, kept)).toBe(text)
})

test('messages of an aggregate carry the new design, and those of nobody get a new id when any does', () => {
  expect(renamedId('d1/Order-abc/abc:pay:0:action/0', kept)).toBe('d2/Order-abc/abc:pay:0:action/0')
  expect(renamedId('d1/Order-abc/abc:pay:0:action/0', renewed)).toBe('d2/Order-xyz/xyz:pay:0:action/0')
  expect(renamedId('request-1', kept)).toBe('request-1')
  expect(renamedId('request-1', renewed)).toBe('d2~request-1')
  expect(renamedId('abc:1', renewed)).toBe('xyz:1')
})

test('data say the new id wherever they said the old one', () => {
  const data = { key: 'abc', of: ['run-abc', 'b', 3, null], abc: { nested: 'abc' } }
  expect(renamedData(data, renewed)).toEqual({
    key: 'xyz',
    of: ['run-xyz', 'b', 3, null],
    abc: { nested: 'xyz' },
  })
  expect(renamedData(data, kept)).toBe(data)
})
