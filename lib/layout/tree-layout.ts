import type { Point } from '@/core/design/document'

export interface TreeNode {
  readonly id: number
  /** The node it hangs on; null for the root. */
  readonly parent: number | null
}

/**
 * Places for a tree that grows to the right: what a node leads to stands one column further, its first branch in the
 * node's own row and each other in a row of its own below. Rows never cross, so a straight chain is a straight line.
 * In one pass, however many nodes there are.
 * @param nodes parents before their children
 */
export function treeLayout(
  nodes: readonly TreeNode[],
  { columnWidth, rowHeight }: { readonly columnWidth: number; readonly rowHeight: number },
): ReadonlyMap<number, Point> {
  const children = new Map<number | null, number[]>()
  for (const { id, parent } of nodes) {
    const siblings = children.get(parent)
    if (siblings) siblings.push(id)
    else children.set(parent, [id])
  }
  const places = new Map<number, Point>()
  let rows = 0
  // A stack and no recursion: a chain may be as long as the graph may be large.
  const waiting = (children.get(null) ?? [])
    .map((id) => ({ id, column: 0, inRow: null as number | null }))
    .reverse()
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { id, column } = next
    const row = next.inRow ?? rows++
    places.set(id, { x: column * columnWidth, y: row * rowHeight })
    const branches = (children.get(id) ?? []).map((child, index) => ({
      id: child,
      column: column + 1,
      inRow: index === 0 ? row : null,
    }))
    waiting.push(...branches.reverse())
  }
  return places
}

/**
 * The same places, folded like lines of a text: behind so many columns a tree goes on below, from the left again, in a
 * band of rows of its own. A long chain fills a frame rather than running out of it.
 */
export function foldColumns(
  places: ReadonlyMap<number, Point>,
  columns: number,
  { columnWidth, rowHeight }: { readonly columnWidth: number; readonly rowHeight: number },
): ReadonlyMap<number, Point> {
  const placed = [...places].map(([id, { x, y }]) => {
    const column = Math.round(x / columnWidth)
    return {
      id,
      column: column % columns,
      band: Math.floor(column / columns),
      row: Math.round(y / rowHeight),
    }
  })
  const lines = new Map<string, number>()
  const inOrder = [...placed].sort((a, b) => a.band - b.band || a.row - b.row)
  for (const { band, row } of inOrder)
    if (!lines.has(`${band} ${row}`)) lines.set(`${band} ${row}`, lines.size)
  return new Map(
    placed.map(({ id, column, band, row }) => [
      id,
      { x: column * columnWidth, y: (lines.get(`${band} ${row}`) ?? 0) * rowHeight },
    ]),
  )
}
