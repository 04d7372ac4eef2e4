import type { Design, Point } from '@/core/design/document'
import { reachableFrom, sagaGraph } from '@/core/design/graph'
import type { Saga, SagaEdge, SagaNode } from '@/core/design/saga'
import { canConnect, connect } from './connect'
import { findNode, freshEdgeId, placesOf, sagaOf } from './saga-draft'

/** Where the next node of a chain stands, from the one before it, px. */
export const NEXT_X = 300
export const NEXT_Y = 176

/** Where a new node goes. */
export type Placement =
  /** On an edge: between its ends, which make room. */
  | { readonly type: 'edge'; readonly edgeId: string }
  /** Behind a node: on its one edge out, or connected from it. */
  | { readonly type: 'after'; readonly nodeId: string; readonly at?: Point }
  /** Somewhere on the canvas, connected to nothing. */
  | { readonly type: 'at'; readonly at: Point }

/**
 * Puts a node into a saga's draft. A node that ends its branch is never put between two others: behind a node it
 * gets an edge of its own.
 */
export function addNode(draft: Design, sagaId: string, node: SagaNode, placement: Placement): void {
  const saga = sagaOf(draft, sagaId)
  if (!saga) return
  const places = placesOf(draft, sagaId)
  saga.nodes.push(node)
  switch (placement.type) {
    case 'at':
      places[node.id] = placement.at
      return
    case 'edge': {
      const edge = saga.edges.find(({ id }) => id === placement.edgeId)
      if (edge && isBranchEnd(node)) addBehind(saga, places, node, edge.from)
      else if (edge) insert(saga, places, node, edge)
      return
    }
    case 'after': {
      const out = saga.edges.filter(({ from }) => from === placement.nodeId)
      const [only] = out
      if (placement.at) {
        places[node.id] = placement.at
        if (canConnect(saga, placement.nodeId, node.id).ok) connect(saga, placement.nodeId, node.id)
      } else if (only && out.length === 1 && !isBranchEnd(node)) insert(saga, places, node, only)
      else addBehind(saga, places, node, placement.nodeId)
    }
  }
}

const isBranchEnd = (node: SagaNode): boolean => node.type === 'end' || node.type === 'fail'

/** Cuts an edge in two; what is behind it moves right when there is too little room. */
function insert(saga: Saga, places: Record<string, Point>, node: SagaNode, edge: SagaEdge): void {
  const before = places[edge.from] ?? { x: 0, y: 0 }
  const behind = places[edge.to] ?? { x: before.x + NEXT_X, y: before.y }
  const gap = behind.x - before.x
  if (gap < 2 * NEXT_X) {
    for (const id of reachableFrom(sagaGraph(saga), [edge.to])) {
      const place = places[id]
      if (place && id !== node.id) places[id] = { x: place.x + (2 * NEXT_X - gap), y: place.y }
    }
  }
  places[node.id] = { x: before.x + NEXT_X, y: before.y }
  const to = edge.to
  edge.to = node.id
  if (node.type === 'choice') {
    saga.edges.push({ id: freshEdgeId(saga, node.id, to), from: node.id, to, branch: 'default' })
  } else connect(saga, node.id, to)
}

function addBehind(saga: Saga, places: Record<string, Point>, node: SagaNode, fromId: string): void {
  const from = places[fromId] ?? { x: 0, y: 0 }
  let y = from.y
  const taken = Object.values(places)
  while (taken.some((place) => Math.abs(place.x - from.x - NEXT_X) < 240 && Math.abs(place.y - y) < 120))
    y += NEXT_Y
  places[node.id] = { x: from.x + NEXT_X, y }
  if (canConnect(saga, fromId, node.id).ok) connect(saga, fromId, node.id)
}

/**
 * Where a node goes when nobody pointed: on the selected edge, behind the selected node, before the one end,
 * or in the middle of what is seen.
 */
export function placementFor(
  saga: Saga,
  selection: { readonly nodeIds: readonly string[]; readonly edgeIds: readonly string[] },
  centre: Point,
): Placement {
  const [edgeId] = selection.edgeIds
  if (edgeId !== undefined) return { type: 'edge', edgeId }
  const chosen = selection.nodeIds.map((id) => findNode(saga, id)).at(-1)
  if (chosen && !isBranchEnd(chosen)) return { type: 'after', nodeId: chosen.id }
  const ends = chosen ? [chosen] : saga.nodes.filter(({ type }) => type === 'end')
  const into = saga.edges.filter(({ to }) => ends.some(({ id }) => id === to))
  const [only] = into
  if (only && into.length === 1) return { type: 'edge', edgeId: only.id }
  const start = saga.nodes.find(({ type }) => type === 'start')
  if (start && saga.edges.every(({ from }) => from !== start.id)) return { type: 'after', nodeId: start.id }
  return { type: 'at', at: { x: centre.x - 110, y: centre.y - 36 } }
}
