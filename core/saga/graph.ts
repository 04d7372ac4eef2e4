import { reachableFrom, sagaGraph } from '../design/graph'
import type { Saga, SagaEdge, SagaNode } from '../design/saga'

/** One saga's own graph, indexed: its nodes by id, its edges both ways. */
export interface IndexedSaga {
  readonly saga: Saga
  readonly startId: string
  readonly order: readonly SagaNode[]
  node(id: string): SagaNode | undefined
  incoming(id: string): readonly SagaEdge[]
  outgoing(id: string): readonly SagaEdge[]
  /** Everything that edges lead to from a node, itself left out. */
  behind(id: string): ReadonlySet<string>
}

const NONE: readonly SagaEdge[] = []

/**
 * Indexes a saga that lint has passed. What the start does not reach is no part of it: nothing waits for its edges.
 * @throws {Error} when it has no start; `lintDesign` says so before anything runs
 */
export function indexSaga(saga: Saga): IndexedSaga {
  const nodes = new Map(saga.nodes.map((node) => [node.id, node]))
  const incoming = new Map<string, SagaEdge[]>()
  const outgoing = new Map<string, SagaEdge[]>()
  const start = saga.nodes.find((node) => node.type === 'start')
  if (!start) throw new Error(`saga ${saga.id} has no start node`)
  const graph = sagaGraph(saga)
  const reached = reachableFrom(graph, [start.id])
  for (const edge of saga.edges) {
    if (!reached.has(edge.from)) continue
    incoming.set(edge.to, [...(incoming.get(edge.to) ?? []), edge])
    outgoing.set(edge.from, [...(outgoing.get(edge.from) ?? []), edge])
  }
  const behind = new Map<string, ReadonlySet<string>>()
  return {
    saga,
    startId: start.id,
    order: saga.nodes,
    node: (id) => nodes.get(id),
    incoming: (id) => incoming.get(id) ?? NONE,
    outgoing: (id) => outgoing.get(id) ?? NONE,
    behind(id) {
      const known = behind.get(id)
      if (known) return known
      const next = (outgoing.get(id) ?? NONE).map((edge) => edge.to)
      const found = reachableFrom(graph, next)
      behind.set(id, found)
      return found
    },
  }
}
