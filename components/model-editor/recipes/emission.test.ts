import { describe, expect, it } from 'vitest'
import { emittedEvents } from '@/core/design/emitted-events'
import { withEmission } from './emission'

describe('one event more', () => {
  it.each([
    [
      "() => ({ type: 'A', data: { x: ')' } })",
      "() => ([{ type: 'A', data: { x: ')' } }, { type: 'B', data: {} }])",
    ],
    [
      "(command) => event('A', command.payload)",
      "(command) => [event('A', command.payload), { type: 'B', data: {} }]",
    ],
    ['() => []', "() => [{ type: 'B', data: {} }]"],
    ["() => [{ type: 'A' }]", "() => [{ type: 'A' }, { type: 'B', data: {} }]"],
    [
      "({ payload }, state) =>\n  state.s === 'x'\n    ? { type: 'A', data: {} }\n    : reject('No', 'a ' + state.s)",
      "({ payload }, state) =>\n  state.s === 'x'\n    ? [{ type: 'A', data: {} }, { type: 'B', data: {} }]\n    : reject('No', 'a ' + state.s)",
    ],
    [
      "(c, state) => {\n  if (!state) return reject('No', 'return it')\n  return { type: 'A', data: { at: c.at } } // return no more\n}",
      "(c, state) => {\n  if (!state) return reject('No', 'return it')\n  return [{ type: 'A', data: { at: c.at } }, { type: 'B', data: {} }] // return no more\n}",
    ],
  ])('%s', (before, after) => {
    expect(withEmission(before, 'B')).toBe(after)
    expect(emittedEvents(after)).toContain('B')
    // it is a function still
    expect(() => new Function(`return ${after}`)()).not.toThrow()
  })

  it.each([
    'decide',
    '(command) => decided(command)',
    "() => { const all = [{ type: 'A', data: {} }]; return all }",
    "() => { throw 'return' }",
  ])('is left to a person in %s', (code) => {
    expect(withEmission(code, 'B')).toBeNull()
  })
})
