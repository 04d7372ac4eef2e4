import { reachableFrom, sagaGraph } from '../design/graph'
import type { Saga, SagaEdge, SagaNode, StepNode } from '../design/saga'

/** A saga's graph, indexed once per design version. */
export interface SagaPlan {
  readonly saga: Saga
  readonly startId: string
  readonly order: readonly SagaNode[]
  node(id: string): SagaNode | undefined
  step(id: string): StepNode | undefined
  incoming(id: string): readonly SagaEdge[]
  outgoing(id: string): readonly SagaEdge[]
}

const NONE: readonly SagaEdge[] = []

/**
 * Indexes a saga that lint has passed. What the start does not reach is no part of it: nothing waits for its edges.
 * @throws {Error} when it has no start; `lintDesign` says so before anything runs
 */
export function planSaga(saga: Saga): SagaPlan {
  const nodes = new Map(saga.nodes.map((node) => [node.id, node]))
  const incoming = new Map<string, SagaEdge[]>()
  const outgoing = new Map<string, SagaEdge[]>()
  const start = saga.nodes.find((node) => node.type === 'start')
  if (!start) throw new Error(`saga ${saga.id} has no start node`)
  const reached = reachableFrom(sagaGraph(saga), [start.id])
  for (const edge of saga.edges) {
    if (!reached.has(edge.from)) continue
    incoming.set(edge.to, [...(incoming.get(edge.to) ?? []), edge])
    outgoing.set(edge.from, [...(outgoing.get(edge.from) ?? []), edge])
  }
  return {
    saga,
    startId: start.id,
    order: saga.nodes,
    node: (id) => nodes.get(id),
    step: (id) => {
      const node = nodes.get(id)
      return node?.type === 'step' ? node : undefined
    },
    incoming: (id) => incoming.get(id) ?? NONE,
    outgoing: (id) => outgoing.get(id) ?? NONE,
  }
}
