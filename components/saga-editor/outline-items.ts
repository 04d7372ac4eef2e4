import { edgeLabel } from '@/components/saga-graph/build-edges'
import { compensationTitle, nodeTitle, spokenLabel, stepNumbers } from '@/components/saga-graph/node-words'
import { sagaRunBy } from '@/core/design/action-sites'
import { sagaGraph, topologicalOrder } from '@/core/design/graph'
import type { Saga, SagaNode } from '@/core/design/saga'

interface Row {
  readonly id: string
  readonly title: string
  readonly spoken: string
  readonly level: 1 | 2
  /** 1-based among its siblings. */
  readonly place: number
  readonly setSize: number
  readonly hasChildren: boolean
}

export type OutlineItem =
  | (Row & { readonly kind: 'node'; readonly node: SagaNode })
  | (Row & { readonly kind: 'compensation'; readonly nodeId: string })
  /** The saga that the node runs. */
  | (Row & { readonly kind: 'runs'; readonly nodeId: string })
  | (Row & { readonly kind: 'edge'; readonly nodeId: string })

/**
 * A saga as the rows of a tree of two levels: nodes in the order they run, under each its compensation, the saga it
 * runs, and its edges.
 * @param sagaName what a saga of the design is called
 */
export function outlineOf(saga: Saga, sagaName: (id: string) => string): readonly OutlineItem[] {
  const byId = new Map(saga.nodes.map((node) => [node.id, node]))
  const numbers = stepNumbers(saga)
  const ordered = topologicalOrder(sagaGraph(saga))
  const ids = [...ordered, ...[...byId.keys()].filter((id) => !ordered.includes(id))]
  return ids.flatMap((id, at) => {
    const node = byId.get(id)
    if (!node) return []
    const children = childrenOf(saga, node, byId, sagaName)
    const row: OutlineItem = {
      kind: 'node',
      id,
      node,
      title: nodeTitle(node),
      spoken: spokenLabel(node, numbers.get(id), null),
      level: 1,
      place: at + 1,
      setSize: ids.length,
      hasChildren: children.length > 0,
    }
    return [row, ...children]
  })
}

function childrenOf(
  saga: Saga,
  node: SagaNode,
  byId: ReadonlyMap<string, SagaNode>,
  sagaName: (id: string) => string,
): readonly OutlineItem[] {
  const undo = compensationTitle(node)
  const edges = saga.edges.filter(({ from }) => from === node.id)
  const runs = sagaRunBy(node)
  const before = (undo === null ? 0 : 1) + (runs === null ? 0 : 1)
  const setSize = edges.length + before
  const own = { level: 2, setSize, hasChildren: false, nodeId: node.id } as const
  const compensation: readonly OutlineItem[] =
    undo === null
      ? []
      : [
          {
            ...own,
            kind: 'compensation',
            id: `${node.id} undo`,
            title: undo,
            spoken: `Compensation: ${undo}`,
            place: 1,
          },
        ]
  const inner: readonly OutlineItem[] =
    runs === null
      ? []
      : [
          {
            ...own,
            kind: 'runs',
            id: `${node.id} runs`,
            title: sagaName(runs),
            spoken: `${node.type === 'saga' ? 'Runs' : 'Runs in each round'}: ${sagaName(runs)}`,
            place: before,
          },
        ]
  return [
    ...compensation,
    ...inner,
    ...edges.map((edge, at): OutlineItem => {
      const target = byId.get(edge.to)
      const label = edgeLabel(node, edge)
      const to = target ? nodeTitle(target) : edge.to
      return {
        ...own,
        kind: 'edge',
        id: edge.id,
        title: label === null ? to : `${label}: ${to}`,
        spoken: label === null ? `leads to ${to}` : `branch ${label} leads to ${to}`,
        place: at + 1 + before,
      }
    }),
  ]
}
