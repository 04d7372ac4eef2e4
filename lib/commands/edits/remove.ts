import type { Design } from '@/core/design/document'
import type { Saga, SagaEdge } from '@/core/design/saga'
import { canConnect } from './connect'
import { findNode, freshEdgeId, placesOf, sagaOf } from './saga-draft'

/**
 * Removes nodes and edges from a draft. Where a node stood in a chain the chain closes again; of a choice only the
 * default way stays. The start stays whatever is asked.
 */
export function remove(
  draft: Design,
  sagaId: string,
  nodeIds: readonly string[],
  edgeIds: readonly string[],
): void {
  const saga = sagaOf(draft, sagaId)
  if (!saga) return
  const places = placesOf(draft, sagaId)
  saga.edges = saga.edges.filter(({ id }) => !edgeIds.includes(id))
  for (const id of nodeIds) {
    if (findNode(saga, id)?.type === 'start') continue
    heal(saga, id)
    saga.nodes = saga.nodes.filter((node) => node.id !== id)
    delete places[id]
  }
}

function heal(saga: Saga, id: string): void {
  const into = saga.edges.filter(({ to }) => to === id)
  const out = saga.edges.filter(({ from }) => from === id)
  saga.edges = saga.edges.filter(({ from, to }) => from !== id && to !== id)
  for (const before of into) {
    for (const behind of waysOn(out)) {
      const isBranch = before.branch !== undefined
      if (!isBranch && !canConnect(saga, before.from, behind.to).ok) continue
      const kept: SagaEdge = {
        id: freshEdgeId(saga, before.from, behind.to),
        from: before.from,
        to: behind.to,
      }
      saga.edges.push(isBranch ? { ...kept, branch: before.branch } : kept)
    }
  }
}

/** Out of a choice the default goes on; everything else forked and forks again. */
function waysOn(out: readonly SagaEdge[]): readonly SagaEdge[] {
  if (out.every(({ branch }) => branch === undefined)) return out
  const kept = out.find(({ branch }) => branch === 'default') ?? out[0]
  return kept ? [kept] : []
}
