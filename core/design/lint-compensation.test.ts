import { describe, expect, it } from 'vitest'
import { applyPatch } from './index'
import { choice, design, problems, saga, told } from './lint-fixture'

const services = [{ id: 'pay', operations: [{ id: 'charge' }, { id: 'refund' }] }]
const call = { type: 'call', service: 'pay', operation: 'charge' } as const
const bare = { type: 'step', action: call } as const
const pivot = { type: 'step', kind: 'pivot', action: call } as const
const retriable = { type: 'step', kind: 'retriable', action: call } as const
const drawn = (drawing: string, parts = {}) => design({ services, sagas: [saga(drawing, parts)] })

describe('MISSING_COMPENSATION', () => {
  const missing = (drawing: string, parts = {}) => told(drawn(drawing, parts), 'MISSING_COMPENSATION')

  it('tells a step that something may fail after', () => {
    expect(missing('start > a, a > b, b > end', { a: bare })).toEqual(['a'])
  })

  it('tells a step that something may fail beside', () => {
    expect(missing('start > a, start > b', { a: bare })).toEqual(['a'])
  })

  it('is silent about a last step: nothing fails after it', () => {
    expect(missing('start > b, b > a, a > end', { a: bare })).toEqual([])
  })

  it('is silent when the other way is never taken in the same run', () => {
    expect(missing('start > c, c > a : left, c > b : default', { c: choice('left'), a: bare })).toEqual([])
  })

  it('tells a step before the pivot, which may fail, and none behind it', () => {
    expect(missing('start > a, a > p, p > r, r > b', { a: bare, p: pivot, r: bare, b: bare })).toEqual(['a'])
  })

  it('tells a step that a fail node follows', () => {
    expect(
      missing('start > a, a > c, c > bad : left, c > end : default', {
        a: bare,
        c: choice('left'),
        bad: { type: 'fail', error: 'Bad' },
      }),
    ).toEqual(['a'])
  })

  it('does not count a pivot on another branch', () => {
    expect(
      missing('start > c, c > p : left, c > b : default, p > a, b > a, a > x', {
        c: choice('left'),
        p: pivot,
        a: bare,
      }),
    ).toEqual(['a'])
  })

  it('asks nothing of scripts, which have no effect, nor of disabled steps', () => {
    const script = { type: 'step', action: { type: 'script', code: '() => ({})' } }
    expect(missing('start > a, a > b', { a: script })).toEqual([])
    expect(missing('start > a, a > b', { a: { ...bare, disabled: true } })).toEqual([])
  })

  it('offers the operation that undoes it', () => {
    const doc = drawn('start > a, a > b', { a: bare })
    const fix = problems(doc, 'MISSING_COMPENSATION')[0]?.fix
    expect(fix?.title).toBe('Compensate with refund')
    expect(
      told(
        design(applyPatch(JSON.parse(JSON.stringify(doc)), fix?.patch ?? []) as object),
        'MISSING_COMPENSATION',
      ),
    ).toEqual([])
  })
})

describe('the pivot', () => {
  it('PIVOT_WITH_COMPENSATION: nothing undoes a pivot', () => {
    expect(
      told(
        drawn('start > p', { p: { ...pivot, compensation: { action: call } } }),
        'PIVOT_WITH_COMPENSATION',
      ),
    ).toEqual(['p'])
  })

  it('COMPENSATION_AFTER_PIVOT: what follows a pivot should be retriable, without a compensation', () => {
    const doc = drawn('start > p, p > a, p > b, a > c, b > c', { p: pivot, b: retriable, c: bare })
    expect(told(doc, 'COMPENSATION_AFTER_PIVOT')).toEqual(['a', 'c'])
  })

  it('COMPENSATION_AFTER_PIVOT: a step that is also reached without the pivot may need its compensation', () => {
    const doc = drawn('start > c, c > p : left, c > a : default, p > a', { c: choice('left'), p: pivot })
    expect(told(doc, 'COMPENSATION_AFTER_PIVOT')).toEqual([])
  })

  it('COMPENSATION_AFTER_PIVOT: a join that always waits for the pivot stands behind it', () => {
    expect(
      told(drawn('start > p, start > b, p > a, b > a', { p: pivot }), 'COMPENSATION_AFTER_PIVOT'),
    ).toEqual(['a'])
  })
})
