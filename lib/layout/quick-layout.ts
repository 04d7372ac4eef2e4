import { Graph, layout } from '@dagrejs/dagre'
import type { Point } from '@/core/design/document'
import type { Saga } from '@/core/design/saga'
import { LAYER_GAP, placeCards, ROW_GAP, sagaBoxes } from './saga-boxes'

/** Places for every node of a saga, at once: for what has no places yet, and when there is no worker. */
export function quickLayout(saga: Saga): Readonly<Record<string, Point>> {
  const { boxes, edges } = sagaBoxes(saga)
  const graph = new Graph()
  graph.setGraph({ rankdir: 'LR', ranksep: LAYER_GAP, nodesep: ROW_GAP })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id, width, height } of boxes) graph.setNode(id, { width, height })
  for (const { from, to } of edges) graph.setEdge(from, to)
  layout(graph)
  const corners = new Map(
    boxes.map(({ id, width, height }) => {
      const { x, y } = graph.node(id)
      return [id, { x: x - width / 2, y: y - height / 2 }]
    }),
  )
  return placeCards(saga, corners)
}
