import type { Saga, SagaEdge } from './saga'

/** What a walk needs of a saga. Edges from or to nodes that are not there are left out. */
export interface SagaGraph {
  /** Node ids in document order, each once. */
  readonly ids: readonly string[]
  readonly outgoing: ReadonlyMap<string, readonly SagaEdge[]>
  readonly incoming: ReadonlyMap<string, readonly SagaEdge[]>
}

type Edges = Pick<Saga, 'nodes' | 'edges'>

/** Indexes a saga, whatever is wrong with it. */
export function sagaGraph(saga: Edges): SagaGraph {
  const ids = [...new Set(saga.nodes.map((node) => node.id))]
  const outgoing = new Map<string, SagaEdge[]>(ids.map((id) => [id, []]))
  const incoming = new Map<string, SagaEdge[]>(ids.map((id) => [id, []]))
  for (const edge of saga.edges) {
    if (!outgoing.has(edge.from) || !incoming.has(edge.to)) continue
    outgoing.get(edge.from)?.push(edge)
    incoming.get(edge.to)?.push(edge)
  }
  return { ids, outgoing, incoming }
}

const NONE: readonly SagaEdge[] = []
export const edgesOut = (graph: SagaGraph, id: string): readonly SagaEdge[] => graph.outgoing.get(id) ?? NONE
export const edgesInto = (graph: SagaGraph, id: string): readonly SagaEdge[] => graph.incoming.get(id) ?? NONE

/**
 * Node ids such that every edge leads forwards. Nodes on a cycle or behind one are left out: the order is
 * complete exactly when the graph has no cycle.
 */
export function topologicalOrder(graph: SagaGraph): readonly string[] {
  const waitsFor = new Map(graph.ids.map((id) => [id, edgesInto(graph, id).length]))
  const order = graph.ids.filter((id) => waitsFor.get(id) === 0)
  // The list grows while it is walked: each node joins it once its last predecessor has been passed.
  for (const id of order) {
    for (const { to } of edgesOut(graph, id)) {
      const left = (waitsFor.get(to) ?? 0) - 1
      waitsFor.set(to, left)
      if (left === 0) order.push(to)
    }
  }
  return order
}

/**
 * Everything that edges lead to from these nodes, themselves included.
 * @param follow edges to walk along; default all
 */
export function reachableFrom(
  graph: SagaGraph,
  from: Iterable<string>,
  follow: (edge: SagaEdge) => boolean = () => true,
): ReadonlySet<string> {
  const seen = new Set(from)
  for (const id of seen) {
    for (const edge of edgesOut(graph, id)) if (follow(edge)) seen.add(edge.to)
  }
  return seen
}

/**
 * A shortest way along the edges, both ends included; null when there is none. From a node to itself: `[id]`.
 */
export function findPath(graph: SagaGraph, from: string, to: string): readonly string[] | null {
  const cameFrom = new Map<string, string | null>([[from, null]])
  for (const [id] of cameFrom) {
    if (id === to) return trace(cameFrom, to)
    for (const edge of edgesOut(graph, id)) if (!cameFrom.has(edge.to)) cameFrom.set(edge.to, id)
  }
  return null
}

function trace(cameFrom: ReadonlyMap<string, string | null>, to: string): readonly string[] {
  const path: string[] = []
  for (let id: string | null = to; id !== null; id = cameFrom.get(id) ?? null) path.unshift(id)
  return path
}

/**
 * One witness for each knot of cycles: its edges in the order they are walked, the last leading back to the first
 * edge's `from`. Empty when the graph has no cycle. No two witnesses share a node.
 */
export function findCycles(graph: SagaGraph): readonly (readonly SagaEdge[])[] {
  const told = new Set<string>()
  const cycles: SagaEdge[][] = []
  const inOrder = new Set(topologicalOrder(graph))
  for (const id of graph.ids) {
    if (inOrder.has(id) || told.has(id)) continue
    const leadHere = reaching(graph, id)
    const back = edgesOut(graph, id).find((edge) => leadHere.has(edge.to))
    const path = back && findPath(graph, back.to, id)
    if (!back || !path) continue
    for (const other of reachableFrom(graph, [id])) if (leadHere.has(other)) told.add(other)
    cycles.push([back, ...edgesAlong(graph, path)])
  }
  return cycles
}

/** Everything that leads to a node, itself included. */
function reaching(graph: SagaGraph, to: string): ReadonlySet<string> {
  const seen = new Set([to])
  for (const id of seen) for (const { from } of edgesInto(graph, id)) seen.add(from)
  return seen
}

function edgesAlong(graph: SagaGraph, path: readonly string[]): readonly SagaEdge[] {
  return path
    .slice(1)
    .flatMap((to, at) => edgesOut(graph, path[at] ?? '').find((edge) => edge.to === to) ?? [])
}

/** Whether an edge from one node to another would close a cycle: the editor refuses to draw it. */
export function wouldCycle(saga: Edges, from: string, to: string): boolean {
  return findPath(sagaGraph(saga), to, from) !== null
}

/**
 * For each node the nodes that every way from `start` to it passes, itself left out. Nodes that `start` does not
 * reach have no entry. For graphs without cycles.
 */
export function dominators(graph: SagaGraph, start: string): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, ReadonlySet<string>>([[start, new Set()]])
  for (const id of topologicalOrder(graph)) {
    if (id === start) continue
    const ways = edgesInto(graph, id).flatMap(({ from }) => {
      const passed = found.get(from)
      return passed ? [new Set([...passed, from])] : []
    })
    const [first, ...others] = ways
    if (first) found.set(id, new Set([...first].filter((passed) => others.every((way) => way.has(passed)))))
  }
  return found
}
