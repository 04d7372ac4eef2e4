import { describe, expect, it } from 'vitest'
import { design, problems, saga, told } from './lint-fixture'

describe('cycles and reach', () => {
  it('CYCLE: a circle is told once, with the nodes it goes through', () => {
    const found = problems(design({ sagas: [saga('start > a, a > b, b > c, c > a, c > end')] }), 'CYCLE')
    expect(found).toMatchObject([{ severity: 'error', path: ['sagas', 0, 'edges', 3] }])
    expect(found[0]?.message).toContain('a → b → c → a')
  })

  it('CYCLE: a node that leads to itself is one, and separate circles are told apart', () => {
    expect(
      problems(design({ sagas: [saga('start > a, a > a, start > b, b > c, c > b')] }), 'CYCLE'),
    ).toHaveLength(2)
    expect(problems(design({ sagas: [saga('start > a, start > b, a > b')] }), 'CYCLE')).toEqual([])
  })

  it('UNREACHABLE_NODE: a node that nothing leads to, and what stands behind it', () => {
    expect(told(design({ sagas: [saga('start > a, a > end, b > c')] }), 'UNREACHABLE_NODE')).toEqual([
      'b',
      'c',
    ])
  })

  it('DEAD_END: a node that is not an end and leads nowhere is worth a note, and can be given an end', () => {
    const found = problems(design({ sagas: [saga('start > a, start > b, a > end')] }), 'DEAD_END')
    expect(found).toMatchObject([
      { severity: 'info', fix: { patch: [{ op: 'add', value: { from: 'b', to: 'end' } }] } },
    ])
  })

  it('EMPTY_SAGA: a saga of nothing but start and end is a warning', () => {
    expect(told(design({ sagas: [saga('start > end')] }), 'EMPTY_SAGA')).toEqual(['sagas.0'])
    expect(told(design({ sagas: [saga('start > a, a > end')] }), 'EMPTY_SAGA')).toEqual([])
  })
})
