import { describe, expect, it } from 'vitest'
import { columnPath } from './row-columns'
import { holdsTexts, typedCondition } from './typed-value'

const value = (typed: string, texts = false) => {
  const condition = typedCondition('a', 'eq', typed, texts)
  return condition.ok ? condition.value.value : condition.error
}

describe('what is typed into a filter', () => {
  it('is a number, a truth or nothing where it looks so, and a text in a column of texts or in quotes', () => {
    expect([value('12'), value('true'), value('null'), value('x')]).toEqual([12, true, null, 'x'])
    expect([value('0042', true), value('12', true), value('"12"'), value('ada and bob')]).toEqual([
      '0042',
      '12',
      '12',
      'ada and bob',
    ])
    expect(value('say "hi"')).toBe('say "hi"')
  })

  it('is refused where the operator does not take it', () => {
    expect(typedCondition('a', 'lt', 'true', false)).toMatchObject({ ok: false })
  })

  it('goes by what the column holds as far as it is seen', () => {
    expect(holdsTexts([{ a: '1' }, { a: null }, {}], 'a')).toBe(true)
    expect(holdsTexts([{ a: '1' }, { a: 2 }], 'a')).toBe(false)
    expect(holdsTexts([{}], 'a')).toBe(false)
    expect([columnPath('a b', [{}]), columnPath('value', [7]), columnPath('"', [{}])]).toEqual([
      '["a b"]',
      '$',
      null,
    ])
  })
})
