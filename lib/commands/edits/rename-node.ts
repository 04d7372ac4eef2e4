import type { Design } from '@/core/design/document'
import { renameNodeInScenarios, renameSagaInScenarios } from '@/lib/scenarios/follow'
import { placesOf, sagaOf } from './saga-draft'

/** Gives a node another id, wherever the old one stands: edges, places, scenarios, and the node itself. */
export function renameNodeId(draft: Design, sagaId: string, from: string, to: string): void {
  const saga = sagaOf(draft, sagaId)
  const node = saga?.nodes.find(({ id }) => id === from)
  if (!saga || !node || from === to) return
  renameNodeInScenarios(draft, sagaId, from, to)
  node.id = to
  for (const edge of saga.edges) {
    if (edge.from === from) edge.from = to
    if (edge.to === from) edge.to = to
  }
  const places = placesOf(draft, sagaId)
  const place = places[from]
  if (place) {
    places[to] = place
    delete places[from]
  }
}

/** Gives a branch another id, on its choice and on the edges that take it. */
export function renameBranchId(
  draft: Design,
  sagaId: string,
  nodeId: string,
  from: string,
  to: string,
): void {
  const saga = sagaOf(draft, sagaId)
  const node = saga?.nodes.find(({ id }) => id === nodeId)
  if (!saga || node?.type !== 'choice') return
  for (const branch of node.branches) if (branch.id === from) branch.id = to
  for (const edge of saga.edges) if (edge.from === nodeId && edge.branch === from) edge.branch = to
}

/** Gives a saga another id, wherever it is named: its places, nodes that run it, policies, scenarios. */
export function renameSagaId(draft: Design, from: string, to: string): void {
  const saga = sagaOf(draft, from)
  if (!saga || from === to) return
  saga.id = to
  const places = draft.layout.sagas[from]
  if (places) {
    draft.layout.sagas[to] = places
    delete draft.layout.sagas[from]
  }
  for (const { nodes } of draft.sagas) {
    for (const node of nodes) {
      if (node.type === 'saga' && node.saga === from) node.saga = to
      if (
        (node.type === 'map' || node.type === 'loop') &&
        node.body.type === 'saga' &&
        node.body.saga === from
      ) {
        node.body.saga = to
      }
    }
  }
  for (const { reaction } of draft.policies) {
    if (reaction.type === 'start-saga' && reaction.saga === from) reaction.saga = to
  }
  renameSagaInScenarios(draft, from, to)
}
