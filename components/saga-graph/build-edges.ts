import { edgesOut, sagaGraph } from '@/core/design/graph'
import { doerOf, type Saga, type SagaEdge, type SagaNode } from '@/core/design/saga'
import type { FlowEdge } from './flow'
import { nodeTitle } from './node-words'
import type { GraphEdgeData, GraphRun } from './types'

export type GraphEdge = FlowEdge<GraphEdgeData, 'forward' | 'rollback'>

interface EdgeInputs {
  readonly saga: Saga
  readonly run?: GraphRun | null
  readonly selectedEdgeIds?: readonly string[]
}

/**
 * The edges, and while a run is undone the lane it runs back along. An edge that shows nothing new is the object
 * it was before.
 * @param before what this function gave last time
 */
export function buildEdges(inputs: EdgeInputs, before: ReadonlyMap<string, GraphEdge>): readonly GraphEdge[] {
  const { saga, run, selectedEdgeIds } = inputs
  const nodes = new Map(saga.nodes.map((node) => [node.id, node]))
  const forward = saga.edges.map((edge) => {
    const data: GraphEdgeData = {
      label: edgeLabel(nodes.get(edge.from), edge),
      state: run ? (run.edges[edge.id] ?? 'idle') : 'idle',
      moves: run != null && run.past !== true,
      spoken: edgeWords(nodes, edge),
      rollback: false,
    }
    return reuse(before.get(edge.id), data, selectedEdgeIds?.includes(edge.id) ?? false, {
      id: edge.id,
      type: 'forward',
      source: edge.from,
      target: edge.to,
      sourceHandle: 'out',
      targetHandle: 'in',
    })
  })
  return [...forward, ...rollbackLane(saga, run ?? null, before)]
}

/** "Charge card to Ship order" */
function edgeWords(nodes: ReadonlyMap<string, SagaNode>, edge: SagaEdge): string {
  const name = (id: string): string => {
    const node = nodes.get(id)
    return node ? nodeTitle(node) : id
  }
  return `${name(edge.from)} to ${name(edge.to)}`
}

/** The name of the branch an edge belongs to. */
export function edgeLabel(from: SagaNode | undefined, edge: SagaEdge): string | null {
  if (from?.type !== 'choice' || edge.branch === undefined) return null
  if (edge.branch === 'default') return 'default'
  return from.branches.find((branch) => branch.id === edge.branch)?.name ?? edge.branch
}

/** Compensations joined right to left, past the nodes that have none. Only what a run really undoes. */
function rollbackLane(
  saga: Saga,
  run: GraphRun | null,
  before: ReadonlyMap<string, GraphEdge>,
): readonly GraphEdge[] {
  if (!run) return []
  const undoes = (id: string): boolean => run.nodes[id]?.compensation != null
  const undone = saga.nodes.filter((node) => doerOf(node)?.compensation && undoes(node.id))
  if (undone.length < 2) return []
  const graph = sagaGraph(saga)
  return undone.flatMap(({ id }) =>
    nextAlong(id, (from) => edgesOut(graph, from).map(({ to }) => to), undoes).map((next) => {
      const began = run.nodes[id]?.compensation?.status !== 'pending'
      const edgeId = `undo:${next}:${id}`
      return reuse(
        before.get(edgeId),
        { label: null, state: began ? 'live' : 'idle', moves: run.past !== true, spoken: '', rollback: true },
        false,
        {
          id: edgeId,
          type: 'rollback',
          source: next,
          target: id,
          sourceHandle: 'undo-out',
          targetHandle: 'undo-in',
        },
      )
    }),
  )
}

/** The nearest nodes further on that qualify. */
function nextAlong(
  from: string,
  successors: (id: string) => readonly string[],
  qualifies: (id: string) => boolean,
): readonly string[] {
  const found: string[] = []
  const seen = new Set(successors(from))
  for (const id of seen) {
    if (qualifies(id)) found.push(id)
    else for (const next of successors(id)) seen.add(next)
  }
  return found
}

function reuse(
  old: GraphEdge | undefined,
  data: GraphEdgeData,
  selected: boolean,
  ends: Omit<GraphEdge, 'data' | 'selected'>,
): GraphEdge {
  const sameEnds = old?.source === ends.source && old.target === ends.target
  const sameData =
    old?.data !== undefined &&
    (Object.keys(data) as (keyof GraphEdgeData)[]).every((key) => old.data?.[key] === data[key])
  if (old && sameEnds && sameData && old.selected === selected) return old
  return {
    ...ends,
    data,
    selected,
    focusable: false,
    selectable: !data.rollback,
    deletable: false,
  }
}
