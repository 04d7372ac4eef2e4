import type { UiStatus } from '@/components/ui/state'
import type { Point } from '@/core/design/document'
import { reachableFrom, sagaGraph } from '@/core/design/graph'
import type { Saga, SagaNode } from '@/core/design/saga'
import { isRounds, type NodeView } from '@/core/saga'
import { untilWords } from '@/lib/run-store/until-words'
import type { FlowNode } from './flow'
import { isPill, nodeSize } from './geometry'
import { spokenLabel, stepNumbers, stepStatus } from './node-words'
import type { GraphNodeData, GraphRun, NodeLive, SagaGraphProps } from './types'

export type GraphNode = FlowNode<GraphNodeData, 'step' | 'pill'>

export type NodeInputs = Pick<
  SagaGraphProps,
  'saga' | 'positions' | 'run' | 'selectedIds' | 'faults' | 'breakpoints' | 'problems' | 'renamingId'
> & {
  /** The one node that Tab reaches. */
  readonly tabStop: string | null
}

/**
 * The saga as React Flow wants it. A node that shows nothing new is the very object it was before:
 * that is what keeps hundreds of nodes still while one of them changes.
 * @param before what this function gave last time
 */
export function buildNodes(inputs: NodeInputs, before: ReadonlyMap<string, GraphNode>): readonly GraphNode[] {
  const { saga, positions, run, selectedIds, faults, breakpoints, problems, renamingId, tabStop } = inputs
  const numbers = stepNumbers(saga)
  const behindPivot = retryOnlyNodes(saga)
  const selected = new Set(selectedIds)
  return saga.nodes.map((node) => {
    const live = run
      ? liveOf(run.nodes[node.id], run.held?.includes(node.id), roundsOf(node, run.nodes))
      : null
    const data: GraphNodeData = {
      node,
      live,
      faults: faults?.[node.id] ?? null,
      breakpoint: breakpoints?.includes(node.id) ?? false,
      problem: problems?.[node.id] ?? null,
      retryOnly: behindPivot.has(node.id),
      renaming: renamingId === node.id,
      label: spokenLabel(node, numbers.get(node.id), live),
    }
    const place = positions[node.id] ?? { x: 0, y: 0 }
    return reuse(before.get(node.id), node, data, place, selected.has(node.id), tabStop === node.id)
  })
}

function reuse(
  old: GraphNode | undefined,
  node: SagaNode,
  fresh: GraphNodeData,
  place: Point,
  selected: boolean,
  isTabStop: boolean,
): GraphNode {
  const data = old && sameData(old.data, fresh) ? old.data : fresh
  const tabIndex = isTabStop ? 0 : -1
  const unmoved = old?.position.x === place.x && old.position.y === place.y
  if (
    old &&
    old.data === data &&
    unmoved &&
    old.selected === selected &&
    old.domAttributes?.tabIndex === tabIndex
  )
    return old
  return {
    id: node.id,
    type: isPill(node) ? 'pill' : 'step',
    position: unmoved && old ? old.position : place,
    data,
    selected,
    ariaLabel: fresh.label,
    ariaRole: 'group',
    // Shift on a card adds it to the choice: React Flow begins no box on what has this class.
    className: 'nokey',
    domAttributes: { tabIndex },
    ...nodeSize(node),
  }
}

function sameData(a: GraphNodeData, b: GraphNodeData): boolean {
  return (
    a.node === b.node &&
    a.label === b.label &&
    a.breakpoint === b.breakpoint &&
    a.problem === b.problem &&
    a.retryOnly === b.retryOnly &&
    a.renaming === b.renaming &&
    a.faults?.action === b.faults?.action &&
    a.faults?.compensation === b.faults?.compensation &&
    sameLive(a.live, b.live)
  )
}

function sameLive(a: NodeLive | null, b: NodeLive | null): boolean {
  if (a === null || b === null) return a === b
  return (Object.keys(a) as (keyof NodeLive)[]).every((key) => a[key] === b[key])
}

const NOTHING_YET: NodeLive = {
  status: 'pending',
  effect: 'none',
  attempts: 0,
  error: null,
  branch: null,
  late: false,
  undo: 'none',
  undoAttempts: 0,
  rounds: null,
  pips: '',
  until: null,
  held: false,
}

/** What a card shows of a node's view. */
export function liveOf(view: NodeView | undefined, held = false, rounds: readonly UiStatus[] = []): NodeLive {
  if (!view) return held ? { ...NOTHING_YET, held } : NOTHING_YET
  return {
    status: view.status,
    effect: view.effect,
    attempts: view.attempts,
    error: view.error?.code ?? null,
    branch: view.branch,
    late: view.late !== null,
    undo: view.compensation?.status ?? 'none',
    undoAttempts: view.compensation?.attempts ?? 0,
    rounds: view.rounds && roundWords(view.rounds, rounds),
    pips: rounds.slice(0, MOST_PIPS).join(','),
    until: view.status === 'waiting' && view.wakeAt !== null ? untilWords(view.startedAt, view.wakeAt) : null,
    held,
  }
}

/** More would not fit the card; its second line tells how many there are. */
const MOST_PIPS = 16

function roundWords({ begun, items }: NonNullable<NodeView['rounds']>, rounds: readonly UiStatus[]): string {
  if (items === null) return `round ${begun}`
  return `${rounds.filter((status) => THROUGH.has(status)).length} of ${items}`
}

/** A round that was undone had been through before. */
const THROUGH: ReadonlySet<UiStatus> = new Set(['succeeded', 'skipped', 'compensated'])

/** How each round of a map or a loop stands, those of a map that are still to come included. */
function roundsOf(node: SagaNode, nodes: GraphRun['nodes']): readonly UiStatus[] {
  const rounds = isRounds(node) ? nodes[node.id]?.rounds : null
  if (!rounds) return []
  return Array.from({ length: rounds.items ?? rounds.begun }, (_, round) => {
    const view = nodes[`${node.id}/${round}`]
    return view ? stepStatus(liveOf(view)) : 'pending'
  })
}

/** Nodes that only a passed pivot leads to. */
function retryOnlyNodes(saga: Saga): ReadonlySet<string> {
  const pivots = saga.nodes.flatMap((node) =>
    node.type === 'step' && node.kind === 'pivot' ? [node.id] : [],
  )
  if (pivots.length === 0) return new Set()
  const behind = new Set(reachableFrom(sagaGraph(saga), pivots))
  for (const id of pivots) behind.delete(id)
  return behind
}
