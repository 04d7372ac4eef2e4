import type { Design } from './document'
import { edgesOut, reachableFrom, type SagaGraph, sagaGraph, topologicalOrder } from './graph'
import type { DesignPath } from './program'
import type { Saga, SagaEdge, SagaNode } from './saga'

/** One saga as the rules see it. Maps keep the first of two with one id. */
export interface SagaScope {
  readonly design: Design
  readonly saga: Saga
  readonly path: DesignPath
  readonly graph: SagaGraph
  readonly node: (id: string) => SagaNode | undefined
  readonly nodePath: (id: string) => DesignPath
  readonly edgePath: (edge: SagaEdge) => DesignPath
  readonly startId: string | undefined
  /** No cycles: the walks that need an order may run. */
  readonly acyclic: boolean
  /** Nodes that run whenever this one does and is left in the ordinary way: no choice stands between. */
  readonly alwaysFollowing: (id: string) => ReadonlySet<string>
}

export function sagaScope(design: Design, at: number, saga: Saga): SagaScope {
  const path: DesignPath = ['sagas', at]
  const graph = sagaGraph(saga)
  const nodes = new Map(saga.nodes.toReversed().map((node) => [node.id, node]))
  const places = new Map(saga.nodes.map((node, index) => [node, index]))
  const following = new Map<string, ReadonlySet<string>>()
  const scope: SagaScope = {
    design,
    saga,
    path,
    graph,
    node: (id) => nodes.get(id),
    nodePath: (id) => {
      const node = nodes.get(id)
      return node ? [...path, 'nodes', places.get(node) ?? 0] : path
    },
    edgePath: (edge) => [...path, 'edges', saga.edges.indexOf(edge)],
    startId: saga.nodes.find((node) => node.type === 'start')?.id,
    acyclic: topologicalOrder(graph).length === graph.ids.length,
    alwaysFollowing: (id) => {
      const known = following.get(id)
      if (known) return known
      const found = reachableFrom(
        graph,
        [id],
        (edge) => !isChoosing(scope.node(edge.from)) && canLive(scope, edge),
      )
      following.set(id, found)
      return found
    },
  }
  return scope
}

/** What a person calls a node. */
export const label = (node: SagaNode): string => `"${node.name ?? node.id}"`

/** Whether the node decides by its branches which of its edges live: a disabled choice takes its default. */
export const isChoosing = (node: SagaNode | undefined): boolean =>
  node?.type === 'choice' && node.disabled !== true

/** Whether a token can ever travel an edge. */
export function canLive(scope: SagaScope, edge: SagaEdge): boolean {
  const from = scope.node(edge.from)
  if (from?.type === 'end') return false
  if (from?.type === 'fail') return from.disabled === true
  if (from?.type !== 'choice') return true
  return from.disabled ? edge.branch === undefined || edge.branch === 'default' : edge.branch !== undefined
}

/** An id nobody in the scope has yet. */
export function freshId(wanted: string, taken: Iterable<string>): string {
  const all = new Set(taken)
  for (let n = 2; ; n++) {
    const id = `${wanted.slice(0, 58)}-${n}`
    if (!all.has(id)) return id
  }
}

export const isLeaf = (scope: SagaScope, id: string): boolean => edgesOut(scope.graph, id).length === 0
