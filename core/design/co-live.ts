import { edgesInto, edgesOut, topologicalOrder } from './graph'
import { canLive, isChoosing, type SagaScope } from './lint-scope'

/**
 * Whether one run can reach both of two nodes: exclusive branches of a choice are told apart, exactly.
 *
 * A run reaches both when there are two ways from the start, one to each, that take the same branch at every
 * choice they share. Two edges go together when they do so at their source; or, when one starts later in the
 * order of the graph, when an edge into its source goes together with the other. For graphs without cycles;
 * O(edges²).
 */
export function coLive(scope: SagaScope): (a: string, b: string) => boolean {
  const { graph, startId } = scope
  const order = topologicalOrder(graph)
  const edges = order.flatMap((id) => edgesOut(graph, id).filter((edge) => canLive(scope, edge)))
  const index = new Map(edges.map((edge, at) => [edge, at]))
  const into = new Map(order.map((id) => [id, edgesInto(graph, id).flatMap((edge) => index.get(edge) ?? [])]))
  const waysInto = (id: string): readonly number[] => into.get(id) ?? []
  // together[i][j]: edge i goes together with edge j; a row of one byte per edge, kept symmetric.
  const together = edges.map(() => new Uint8Array(edges.length))
  const goTogether = (i: number, j: number): boolean => together[i]?.[j] === 1
  const isReached = (id: string): boolean =>
    id === startId || waysInto(id).some((way) => goTogether(way, way))
  const mark = (i: number, j: number): void => {
    for (const [row, at] of [
      [together[i], j],
      [together[j], i],
    ] as const) {
      if (row) row[at] = 1
    }
  }

  let first = 0
  for (const id of order) {
    const own = edgesOut(graph, id).filter((edge) => index.has(edge))
    const ways = waysInto(id)
    for (let j = 0; j < first; j++) {
      // At the start no way leads in: it goes together with whatever is reached at all.
      const goes = id === startId ? goTogether(j, j) : ways.some((way) => goTogether(way, j))
      if (goes) for (let i = first; i < first + own.length; i++) mark(i, j)
    }
    if (isReached(id)) {
      const choosing = isChoosing(scope.node(id))
      own.forEach((edge, i) => {
        own.forEach((other, j) => {
          if (!choosing || edge.branch === other.branch) mark(first + i, first + j)
        })
      })
    }
    first += own.length
  }

  return (a, b) => {
    if (a === b || a === startId) return isReached(b)
    if (b === startId) return isReached(a)
    return waysInto(a).some((x) => waysInto(b).some((y) => goTogether(x, y)))
  }
}
