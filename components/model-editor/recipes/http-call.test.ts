import { describe, expect, it } from 'vitest'
import { httpCallSchema } from '@/core/design/http'
import { fillTemplate } from '@/core/http/template'
import { newHttpCall, readStatuses, statusesText, templateAsCode } from './http-call'

it('a new call is one that the schema accepts', () => {
  expect(httpCallSchema.parse(newHttpCall())).toEqual(newHttpCall())
})

describe('a template as an expression', () => {
  it.each([
    'https://shop.example/orders/{order.id}?q={q}',
    `https://shop.example/\`odd\`/\\/$${'{x}'}/{ list.0 }/{a-b}`,
  ])('%s gives the same address', (template) => {
    const input = { order: { id: 'a/b' }, q: 'x y', list: ['first'], 'a-b': 1, x: 'ex' }
    const filled = fillTemplate(template, input)
    const made: unknown = new Function(`return (${templateAsCode(template)})`)()
    expect(typeof made === 'function' ? made(input, {}) : made).toBe(filled.ok ? filled.value : filled.error)
  })
})

describe('statuses', () => {
  it('are read as they are written', () => {
    expect(readStatuses('2xx, 404  5XX')).toEqual({ value: ['2xx', 404, '5xx'] })
    expect(statusesText(['2xx', 404])).toBe('2xx, 404')
  })

  it('that are none are told', () => {
    for (const text of ['', '99', 'ok', '2x', '6xx']) expect(readStatuses(text)).toHaveProperty('wrong')
  })
})
