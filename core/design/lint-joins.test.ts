import { describe, expect, it } from 'vitest'
import { choice, design, problems, saga, told } from './lint-fixture'

const fail = { type: 'fail', error: 'Bad' } as const

describe('JOIN_NEVER_COMPLETES', () => {
  const joins = (drawing: string, parts = {}, rest = {}) =>
    told(design({ sagas: [saga(drawing, parts)], ...rest }), 'JOIN_NEVER_COMPLETES')

  it('lets exclusive branches join: the edge not taken is dead', () => {
    expect(
      joins('start > c, c > a : left, c > b : default, a > j, b > j, j > end', { c: choice('left') }),
    ).toEqual([])
  })

  it('lets a branch that fails join the one that does not: when it is not taken its edge is dead', () => {
    expect(
      joins('start > c, c > bad : left, c > b : default, bad > j, b > j', { c: choice('left'), bad: fail }),
    ).toEqual([])
  })

  it('tells a join that waits for a fail in every run', () => {
    expect(joins('start > a, start > bad, a > j, bad > j', { bad: fail })).toEqual(['j'])
  })

  it('tells a join inside a branch whose other edge fails in every run of that branch', () => {
    const drawing = 'start > c, c > f : left, c > end : default, f > a, f > bad, a > j, bad > j'
    expect(joins(drawing, { c: choice('left'), bad: fail })).toEqual(['j'])
  })

  it('tells a join that waits for an end', () => {
    expect(joins('start > a, start > end, a > j, end > j')).toEqual(['j'])
  })

  it('tells a join behind a cycle, and not the nodes on it', () => {
    expect(joins('start > a, a > b, b > a, start > x, b > j, x > j, j > k')).toEqual(['j'])
  })

  it('lets a join go on without what the start does not reach', () => {
    expect(joins('start > a, a > j, lost > late, late > j, j > end')).toEqual([])
  })

  it('tells only the first join of a stuck stretch', () => {
    expect(joins('start > a, start > bad, a > j, bad > j, j > k, a > l, k > l', { bad: fail })).toEqual([
      'j',
      'l',
    ])
    expect(
      joins('start > a, start > bad, a > j, bad > j, j > k, j > l, k > m, l > m', { bad: fail }),
    ).toEqual(['j'])
  })

  it('warns of a join that waits for a call that always fails', () => {
    const services = [
      {
        id: 's',
        operations: [
          {
            id: 'o',
            errors: [
              { name: 'A', probability: 0.6 },
              { name: 'B', probability: 0.4 },
            ],
          },
        ],
      },
    ]
    const doc = design({
      services,
      sagas: [
        saga('start > a, start > b, a > j, b > j', {
          b: { type: 'step', action: { type: 'call', service: 's', operation: 'o' } },
        }),
      ],
    })
    expect(problems(doc, 'JOIN_NEVER_COMPLETES')).toMatchObject([{ severity: 'warning' }])
  })

  it('passes over what is disabled', () => {
    expect(joins('start > a, start > bad, a > j, bad > j', { bad: { ...fail, disabled: true } })).toEqual([])
  })
})
