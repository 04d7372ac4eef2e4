import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldColumns, type TreeNode, treeLayout } from './tree-layout'

const sizes = { columnWidth: 10, rowHeight: 5 }

const trees: fc.Arbitrary<readonly TreeNode[]> = fc
  .array(fc.nat(), { minLength: 1, maxLength: 60 })
  .map((draws) => draws.map((draw, id) => ({ id, parent: id === 0 ? null : draw % id })))

describe('the layout of a tree', () => {
  it('keeps a chain in a line, and gives each other branch a row below', () => {
    const nodes = [
      { id: 1, parent: null },
      { id: 2, parent: 1 },
      { id: 3, parent: 1 },
      { id: 4, parent: 2 },
    ]
    expect([...treeLayout(nodes, sizes)]).toEqual([
      [1, { x: 0, y: 0 }],
      [2, { x: 10, y: 0 }],
      [4, { x: 20, y: 0 }],
      [3, { x: 10, y: 5 }],
    ])
  })

  it('goes on below when it is folded, and puts no two nodes in one place', () => {
    const chain = [1, 2, 3, 4, 5].map((id) => ({ id, parent: id === 1 ? null : id - 1 }))
    expect([...foldColumns(treeLayout(chain, sizes), 2, sizes).values()]).toEqual([
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 0, y: 5 },
      { x: 10, y: 5 },
      { x: 0, y: 10 },
    ])
    fc.assert(
      fc.property(trees, fc.integer({ min: 1, max: 6 }), (nodes, columns) => {
        const places = [...foldColumns(treeLayout(nodes, sizes), columns, sizes).values()]
        expect(new Set(places.map(({ x, y }) => `${x},${y}`)).size).toBe(nodes.length)
        expect(Math.max(...places.map(({ x }) => x))).toBeLessThan(columns * sizes.columnWidth)
      }),
    )
  })

  it('places every node once, to the right of what it hangs on, and no two in one place', () => {
    fc.assert(
      fc.property(trees, (nodes) => {
        const places = treeLayout(nodes, sizes)
        expect(places.size).toBe(nodes.length)
        const taken = new Set([...places.values()].map(({ x, y }) => `${x},${y}`))
        expect(taken.size).toBe(nodes.length)
        for (const { id, parent } of nodes) {
          const above = parent === null ? null : places.get(parent)
          if (!above) continue
          expect(places.get(id)?.x).toBe(above.x + sizes.columnWidth)
          expect(places.get(id)?.y).toBeGreaterThanOrEqual(above.y)
        }
      }),
    )
  })
})
