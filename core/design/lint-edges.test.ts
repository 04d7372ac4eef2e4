import { describe, expect, it } from 'vitest'
import { choice, design, problems, saga, told } from './lint-fixture'

describe('starts and edges', () => {
  it('MISSING_START: a saga without a start is an error, and a start can be added', () => {
    const [found] = problems(design({ sagas: [saga('a > end')] }), 'MISSING_START')
    expect(found).toMatchObject({ severity: 'error', path: ['sagas', 0, 'nodes'] })
    expect(found?.fix?.patch[0]).toMatchObject({
      op: 'add',
      path: ['sagas', 0, 'nodes', 0],
      value: { id: 'start', type: 'start' },
    })
  })

  it('SECOND_START: every start but the first is an error', () => {
    const doc = design({ sagas: [saga('start > a, second > a, a > end', { second: { type: 'start' } })] })
    expect(told(doc, 'SECOND_START')).toEqual(['second'])
    expect(told(design({ sagas: [saga('start > a, a > end')] }), 'SECOND_START')).toEqual([])
  })

  it('EDGE_INTO_START: nothing leads into the start', () => {
    expect(told(design({ sagas: [saga('start > a, a > start')] }), 'EDGE_INTO_START')).toEqual([
      'sagas.0.edges.1',
    ])
  })

  it('EDGE_OUT_OF_END: nothing leads out of an end or a fail', () => {
    const doc = design({
      sagas: [saga('start > a, a > end, end > b, a > bad, bad > b', { bad: { type: 'fail', error: 'Bad' } })],
    })
    expect(told(doc, 'EDGE_OUT_OF_END')).toEqual(['sagas.0.edges.2', 'sagas.0.edges.4'])
  })

  it('UNKNOWN_NODE: an edge needs both its nodes', () => {
    const drawn = saga('start > a, a > end')
    const doc = design({
      sagas: [
        {
          ...drawn,
          edges: [...drawn.edges, { id: 'x', from: 'ghost', to: 'a' }, { id: 'y', from: 'a', to: 'ghost' }],
        },
      ],
    })
    expect(told(doc, 'UNKNOWN_NODE')).toEqual(['sagas.0.edges.2.from', 'sagas.0.edges.3.to'])
  })

  it('DUPLICATE_EDGE: the second edge that says the same is told; two branches to one node say different things', () => {
    expect(told(design({ sagas: [saga('start > a, start > a')] }), 'DUPLICATE_EDGE')).toEqual([
      'sagas.0.edges.1',
    ])
    const doc = design({ sagas: [saga('start > c, c > a : left, c > a : default', { c: choice('left') })] })
    expect(told(doc, 'DUPLICATE_EDGE')).toEqual([])
  })
})

describe('branches', () => {
  it('UNKNOWN_BRANCH: an edge out of a choice names one of its branches, and no other edge names any', () => {
    const doc = design({
      sagas: [saga('start > c : odd, c > a : right, c > b, c > d : default', { c: choice('left') })],
    })
    expect(problems(doc, 'UNKNOWN_BRANCH').map(({ path, severity }) => [path[3], severity])).toEqual([
      [1, 'error'],
      [2, 'error'],
      [0, 'warning'],
    ])
  })

  it('MISSING_DEFAULT_BRANCH: a choice needs a way out when no branch holds; a disabled one is not asked', () => {
    const drawing = 'start > c, c > a : left'
    expect(told(design({ sagas: [saga(drawing, { c: choice('left') })] }), 'MISSING_DEFAULT_BRANCH')).toEqual(
      ['c'],
    )
    expect(
      told(
        design({ sagas: [saga(drawing, { c: { ...choice('left'), disabled: true } })] }),
        'MISSING_DEFAULT_BRANCH',
      ),
    ).toEqual([])
  })

  it('BRANCH_WITHOUT_EDGE: a branch that leads nowhere is a warning', () => {
    const doc = design({
      sagas: [saga('start > c, c > a : left, c > b : default', { c: choice('left', 'right') })],
    })
    expect(problems(doc, 'BRANCH_WITHOUT_EDGE')).toMatchObject([
      { severity: 'warning', path: ['sagas', 0, 'nodes', 1, 'branches', 1] },
    ])
  })
})
