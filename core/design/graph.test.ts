import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitrarySaga } from './arbitrary'
import {
  dominators,
  findCycles,
  findPath,
  reachableFrom,
  sagaGraph,
  topologicalOrder,
  wouldCycle,
} from './graph'
import { design, saga } from './lint-fixture'

function drawn(drawing: string) {
  const [parsed] = design({ sagas: [saga(drawing)] }).sagas
  if (!parsed) throw new Error('no saga')
  return parsed
}
const graphOf = (drawing: string) => sagaGraph(drawn(drawing))

describe('walks over a saga', () => {
  it('orders nodes so that every edge leads forwards', () => {
    fc.assert(
      fc.property(arbitrarySaga({ acyclic: true }), (any) => {
        const graph = sagaGraph(any)
        const order = topologicalOrder(graph)
        expect(order).toHaveLength(any.nodes.length)
        for (const { from, to } of any.edges) expect(order.indexOf(from)).toBeLessThan(order.indexOf(to))
        expect(findCycles(graph)).toEqual([])
      }),
    )
  })

  it('leaves out of the order what is on a cycle or behind one', () => {
    expect(topologicalOrder(graphOf('start > a, a > b, b > a, b > c, start > d'))).toEqual(['start', 'd'])
  })

  it('finds cycles exactly when the order is not complete, and each witness is a closed walk', () => {
    fc.assert(
      fc.property(arbitrarySaga(), (any) => {
        const graph = sagaGraph(any)
        const cycles = findCycles(graph)
        expect(cycles.length > 0).toBe(topologicalOrder(graph).length < graph.ids.length)
        for (const cycle of cycles) {
          cycle.forEach((edge, at) => {
            expect(edge.to).toBe(cycle[(at + 1) % cycle.length]?.from)
          })
        }
      }),
    )
  })

  it('finds a shortest path with both ends, or none', () => {
    const graph = graphOf('start > a, a > b, b > end, a > end')
    expect(findPath(graph, 'start', 'end')).toEqual(['start', 'a', 'end'])
    expect(findPath(graph, 'end', 'start')).toBeNull()
    expect(findPath(graph, 'a', 'a')).toEqual(['a'])
  })

  it('reaches what edges lead to, along the edges that are to be followed', () => {
    const graph = graphOf('start > a, a > b, start > c')
    expect([...reachableFrom(graph, ['a'])]).toEqual(['a', 'b'])
    expect([...reachableFrom(graph, ['start'], (edge) => edge.to !== 'a')]).toEqual(['start', 'c'])
  })

  it('knows which edge would close a cycle', () => {
    const chain = drawn('start > a, a > b')
    expect(wouldCycle(chain, 'b', 'a')).toBe(true)
    expect(wouldCycle(chain, 'b', 'b')).toBe(true)
    expect(wouldCycle(chain, 'start', 'b')).toBe(false)
  })

  it('names what every way to a node passes', () => {
    const found = dominators(graphOf('start > a, a > b, a > c, b > d, c > d, lost > d'), 'start')
    expect([...(found.get('d') ?? [])]).toEqual(['start', 'a'])
    expect(found.has('lost')).toBe(false)
  })

  it('takes the names of object members for ordinary ids', () => {
    expect(topologicalOrder(graphOf('start > constructor, constructor > toString'))).toEqual([
      'start',
      'constructor',
      'toString',
    ])
  })
})
