import { sagasWithin } from '../design/action-sites'
import type { Body, Saga, SagaEdge, SagaNode, SagaNodeOf, StepNode } from '../design/saga'
import { type IndexedSaga, indexSaga } from './graph'
import { isRound, joinPath, type NodePath, splitPath } from './path'

/** A map or a loop: what it runs again and again stands in its body. */
export type RoundsNode = SagaNodeOf<'map'> | SagaNodeOf<'loop'>

/** What stands at a path. */
export interface Place {
  readonly path: NodePath
  /** The node whose saga it is in, by its path; `''` in the saga itself. */
  readonly scope: NodePath
  readonly graph: IndexedSaga
  /** The node in that graph. For a round it is the map's or loop's. */
  readonly nodeId: string
  /** What is done there. For a round it is the step or saga that the body says. */
  readonly node: SagaNode
  /** 0-based; null for a node of the graph. */
  readonly round: number | null
  /** Edges with paths for ids. A round has none: its map or loop says when it begins. */
  readonly incoming: readonly SagaEdge[]
  readonly outgoing: readonly SagaEdge[]
}

/**
 * A saga with the sagas it runs, indexed once per design version. Nodes are found by path, so that the sagas within it
 * and the rounds of its maps and loops are one graph, unfolded as far as a run has come.
 */
export interface SagaPlan {
  readonly saga: Saga
  readonly startId: string
  /** Nodes of the saga itself; `nodesOf` has those a run has unfolded too. */
  readonly order: readonly SagaNode[]
  readonly root: IndexedSaga
  /** Whether any node runs a saga, a map or a loop: without them a path is an id. */
  readonly isNested: boolean
  place(path: NodePath): Place | undefined
  node(path: NodePath): SagaNode | undefined
  step(path: NodePath): StepNode | undefined
  incoming(path: NodePath): readonly SagaEdge[]
  outgoing(path: NodePath): readonly SagaEdge[]
  /** The graph of the saga that the node at this path runs; that of the saga itself for `''`. */
  graph(scope: NodePath): IndexedSaga | undefined
  /** What waits for a signal, in the saga and in those it runs. */
  readonly signals: readonly SagaNodeOf<'signal'>[]
}

const NONE: readonly SagaEdge[] = []

/** How many places are kept; they are worked out again when they are asked for. */
const PLACES_KEPT = 20_000

export const isRounds = (node: SagaNode): node is RoundsNode => node.type === 'map' || node.type === 'loop'

/**
 * @param saga one that lint has passed
 * @param others the sagas of the same design, for those it runs
 * @throws {Error} when a saga has no start; `lintDesign` says so before anything runs
 */
export function planSaga(saga: Saga, others: readonly Saga[] = []): SagaPlan {
  const root = indexSaga(saga)
  const graphs = new Map<string, IndexedSaga | undefined>([[saga.id, root]])
  const bodies = new Map<SagaNode, SagaNode>()
  const places = new Map<NodePath, Place | undefined>()

  function graphOf(sagaId: string): IndexedSaga | undefined {
    if (graphs.has(sagaId)) return graphs.get(sagaId)
    const found = others.find(({ id }) => id === sagaId)
    const graph = found && indexSaga(found)
    graphs.set(sagaId, graph)
    return graph
  }

  function bodyOf(node: RoundsNode): SagaNode {
    const known = bodies.get(node)
    if (known) return known
    const made = bodyNode(node, node.body)
    bodies.set(node, made)
    return made
  }

  function find(path: NodePath): Place | undefined {
    const parts = splitPath(path)
    let graph: IndexedSaga | undefined = root
    let scope = ''
    for (let at = 0; at < parts.length && graph; at++) {
      const nodeId: string = parts[at] ?? ''
      const own = graph.node(nodeId)
      if (!own) return undefined
      let here = joinPath(scope, nodeId)
      let node: SagaNode = own
      let round: number | null = null
      const next = parts[at + 1]
      if (isRounds(own) && next !== undefined) {
        if (!isRound(next)) return undefined
        round = Number(next)
        node = bodyOf(own)
        here = joinPath(here, next)
        at += 1
      }
      if (at === parts.length - 1) return place(path, scope, graph, nodeId, node, round)
      graph = node.type === 'saga' ? graphOf(node.saga) : undefined
      scope = here
    }
    return undefined
  }

  function placeOf(path: NodePath): Place | undefined {
    const known = places.get(path)
    if (known || places.has(path)) return known
    if (places.size >= PLACES_KEPT) places.clear()
    const found = find(path)
    places.set(path, found)
    return found
  }

  const plan: SagaPlan = {
    saga,
    startId: root.startId,
    order: root.order,
    root,
    isNested: saga.nodes.some((node) => node.type === 'saga' || isRounds(node)),
    place: placeOf,
    node: (path) => root.node(path) ?? placeOf(path)?.node,
    step(path) {
      const node = plan.node(path)
      return node?.type === 'step' ? node : undefined
    },
    incoming: (path) => (root.node(path) ? root.incoming(path) : (placeOf(path)?.incoming ?? NONE)),
    outgoing: (path) => (root.node(path) ? root.outgoing(path) : (placeOf(path)?.outgoing ?? NONE)),
    graph(scope) {
      if (scope === '') return root
      const node = plan.node(scope)
      return node?.type === 'saga' ? graphOf(node.saga) : undefined
    },
    signals: [...sagasWithin(saga, others)].flatMap(({ nodes }) =>
      nodes.filter((node) => node.type === 'signal'),
    ),
  }
  return plan
}

/** The plan of a design's saga, with those it runs. */
export function planOf(design: { readonly sagas: readonly Saga[] }, sagaId: string): SagaPlan | undefined {
  const saga = design.sagas.find(({ id }) => id === sagaId)
  return saga && planSaga(saga, design.sagas)
}

/** What stands at a place in the design, `each/charge`, whatever the round; of a map or a loop, what its rounds do. */
export function placeInDesign(plan: SagaPlan, place: NodePath): Place | undefined {
  let path = ''
  const parts = splitPath(place)
  parts.forEach((part, at) => {
    path = joinPath(path, part)
    const node = isRound(part) ? undefined : plan.node(path)
    if (node && isRounds(node) && !isRound(parts[at + 1] ?? '')) path = joinPath(path, 0)
  })
  return plan.place(path)
}

function place(
  path: NodePath,
  scope: NodePath,
  graph: IndexedSaga,
  nodeId: string,
  node: SagaNode,
  round: number | null,
): Place {
  const here = (edges: readonly SagaEdge[]): readonly SagaEdge[] =>
    round !== null
      ? NONE
      : scope === ''
        ? edges
        : edges.map((edge) => ({
            ...edge,
            id: joinPath(scope, edge.id),
            from: joinPath(scope, edge.from),
            to: joinPath(scope, edge.to),
          }))
  const incoming = here(graph.incoming(nodeId))
  return { path, scope, graph, nodeId, node, round, incoming, outgoing: here(graph.outgoing(nodeId)) }
}

/** A round is a step or a saga like any other: what it says besides, its map or loop does. */
function bodyNode({ id, name }: RoundsNode, body: Body): SagaNode {
  const named = { id, ...(name === undefined ? {} : { name }) }
  if (body.type === 'saga') return { ...named, ...body }
  const { kind = 'compensatable', ...rest } = body
  return { ...named, ...rest, kind }
}
