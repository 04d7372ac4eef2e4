import { sagaGraph, topologicalOrder } from '@/core/design/graph'
import {
  isInside,
  isRounds,
  joinPath,
  type NodePath,
  type Phase,
  parentPath,
  type SagaPlan,
} from '@/core/saga'
import type { RunEvent } from './history'

export type SegmentOutcome =
  | 'running'
  | 'succeeded'
  | 'failed'
  | 'timed-out'
  | 'unknown'
  | 'skipped'
  | 'waiting'
  | 'backoff'
  | 'late'

/** A stretch of one row. Times in epoch ms on the run's clock. */
export interface Segment {
  readonly outcome: SegmentOutcome
  /** 0 where there is none: a wait, a choice. */
  readonly attempt: number
  readonly startAt: number
  /** null while it goes on; equal to `startAt` for what takes no time. */
  readonly endAt: number | null
  readonly startSeq: number
  readonly endSeq: number | null
  /** When it will end, if that is known: the next attempt, the timer. */
  readonly dueAt?: number
}

/** One bar: all attempts of a step, or of its compensation. Empty: nothing has happened to it yet. */
export interface TimelineRow {
  readonly key: string
  readonly nodeId: string
  readonly phase: Phase
  readonly label: string
  /** How deep it stands within nodes that run others. */
  readonly depth: number
  /** Rows of what it runs follow beneath it. */
  readonly opens: boolean
  readonly segments: readonly Segment[]
}

/** A row being built. */
class Bar {
  readonly segments: Segment[] = []

  open(entry: RunEvent, outcome: SegmentOutcome, attempt: number, dueAt?: number): void {
    this.end(entry, undefined)
    const due = dueAt === undefined ? {} : { dueAt }
    this.segments.push({
      outcome,
      attempt,
      startAt: entry.at,
      endAt: null,
      startSeq: entry.seq,
      endSeq: null,
      ...due,
    })
  }

  /** Ends what goes on, if something does; with its own outcome unless another is given. */
  end(entry: RunEvent, outcome: SegmentOutcome | undefined): boolean {
    const last = this.segments.at(-1)
    if (last?.endAt !== null || last === undefined) return false
    this.segments[this.segments.length - 1] = {
      ...last,
      outcome: outcome ?? last.outcome,
      endAt: entry.at,
      endSeq: entry.seq,
    }
    return true
  }

  mark(entry: RunEvent, outcome: SegmentOutcome, attempt = 0): void {
    this.segments.push({
      outcome,
      attempt,
      startAt: entry.at,
      endAt: entry.at,
      startSeq: entry.seq,
      endSeq: entry.seq,
    })
  }
}

/** Nodes that take a place in the timeline; the others take no time and are told by their events. */
const SHOWN = new Set(['step', 'wait', 'choice', 'approval', 'signal', 'saga', 'map', 'loop', 'fail'])

/** Rounds of one map or loop that are drawn; the others are told by their events. */
const MOST_ROUNDS = 100

/**
 * The rows of a run's timeline, in the order of its graph, each compensation beneath its step, and beneath a node that
 * runs others what it has unfolded.
 * @param events the run from its beginning
 */
export function timelineRows(plan: SagaPlan, events: readonly RunEvent[]): readonly TimelineRow[] {
  const actions = new Map<string, Bar>()
  const compensations = new Map<string, Bar>()
  const all = () => actions.values()
  for (const entry of events) drawEvent(entry, barOf(actions), barOf(compensations), all)
  const begun = begunScopes(actions, compensations)

  const rowsIn = (scope: NodePath, depth: number): readonly TimelineRow[] => {
    const graph = plan.graph(scope)
    if (!graph) return []
    return topologicalOrder(sagaGraph(graph.saga)).flatMap((id) => {
      const node = graph.node(id)
      if (!node || !SHOWN.has(node.type)) return []
      const path = joinPath(scope, id)
      const own = rowsAt(path, node.name ?? id, depth)
      if (node.type === 'saga') return [...own, ...(begun.has(path) ? rowsIn(path, depth + 1) : [])]
      if (!isRounds(node)) return own
      const rounds = Array.from({ length: MOST_ROUNDS }, (_, round) => joinPath(path, round))
      return [
        ...own,
        ...rounds
          .filter((round) => begun.has(round) || actions.has(round))
          .flatMap((round, at) => [
            ...rowsAt(round, `#${at + 1}`, depth + 1),
            ...(node.body.type === 'saga' ? rowsIn(round, depth + 2) : []),
          ]),
      ]
    })
  }

  const rowsAt = (path: NodePath, label: string, depth: number): readonly TimelineRow[] => {
    const segments = actions.get(path)?.segments ?? []
    const opens = begun.has(path)
    const row: TimelineRow = { key: path, nodeId: path, phase: 'action', label, depth, opens, segments }
    const undo = compensations.get(path)
    if (!undo) return [row]
    const undoing = plan.step(path)?.compensation?.name ?? `Undo ${label}`
    return [
      row,
      {
        key: `${path}:undo`,
        nodeId: path,
        phase: 'compensation',
        label: undoing,
        depth,
        opens: false,
        segments: undo.segments,
      },
    ]
  }
  return rowsIn('', 0)
}

/** The rows without those inside what is folded up. */
export const unfoldedRows = (
  rows: readonly TimelineRow[],
  folded: ReadonlySet<NodePath>,
): readonly TimelineRow[] =>
  folded.size === 0
    ? rows
    : rows.filter(({ nodeId }) => ![...folded].some((outer) => isInside(nodeId, outer)))

/** Paths within which something has happened. */
function begunScopes(...bars: readonly ReadonlyMap<string, Bar>[]): ReadonlySet<NodePath> {
  const begun = new Set<NodePath>()
  for (const paths of bars)
    for (const path of paths.keys())
      for (let outer = parentPath(path); outer !== '' && !begun.has(outer); outer = parentPath(outer))
        begun.add(outer)
  return begun
}

const barOf = (bars: Map<string, Bar>) => (nodeId: string) => {
  const bar = bars.get(nodeId) ?? new Bar()
  bars.set(nodeId, bar)
  return bar
}

function drawEvent(
  entry: RunEvent,
  action: (nodeId: string) => Bar,
  undo: (nodeId: string) => Bar,
  all: () => Iterable<Bar>,
): void {
  const { event } = entry
  switch (event.type) {
    case 'StepStarted':
      action(event.data.nodeId).open(entry, 'running', event.data.attempt)
      return
    case 'StepCompleted':
    case 'TimerFired':
      action(event.data.nodeId).end(entry, 'succeeded')
      return
    case 'StepAttemptFailed':
      action(event.data.nodeId).end(entry, event.data.unknown ? 'unknown' : 'failed')
      action(event.data.nodeId).open(entry, 'backoff', event.data.attempt, event.data.retryAt)
      return
    case 'StepTimedOut':
      action(event.data.nodeId).end(entry, 'timed-out')
      if (event.data.retryAt === null) return
      action(event.data.nodeId).open(entry, 'backoff', event.data.attempt, event.data.retryAt)
      return
    case 'StepFailed': {
      const bar = action(event.data.nodeId)
      const ended = bar.segments.at(-1)
      if (ended?.outcome === 'timed-out' && ended.endAt === entry.at) return
      const isBackoff = ended?.endAt === null && ended.outcome === 'backoff'
      const outcome = event.data.unknown ? 'unknown' : 'failed'
      if (!bar.end(entry, isBackoff ? undefined : outcome)) bar.mark(entry, outcome, event.data.attempt)
      return
    }
    case 'StepSkipped':
      action(event.data.nodeId).mark(entry, 'skipped')
      return
    case 'StepOutcomeArrivedLate':
      ;(event.data.phase === 'action' ? action : undo)(event.data.nodeId).mark(
        entry,
        'late',
        event.data.attempt,
      )
      return
    case 'ChoiceTaken':
      action(event.data.nodeId).mark(entry, 'succeeded')
      return
    case 'TimerSet':
      action(event.data.nodeId).open(entry, 'waiting', 0, event.data.fireAt)
      return
    case 'SubSagaStarted':
    case 'MapStarted':
    case 'LoopStarted':
      action(event.data.nodeId).open(entry, 'running', 0)
      return
    case 'SubSagaCompleted':
    case 'MapCompleted':
    case 'LoopCompleted':
    case 'SignalMatched':
      action(event.data.nodeId).end(entry, 'succeeded')
      return
    case 'ApprovalRequested':
    case 'SignalAwaited':
      action(event.data.nodeId).open(entry, 'waiting', 0, event.data.expiresAt ?? undefined)
      return
    case 'ApprovalDecided':
      action(event.data.nodeId).end(entry, event.data.approved ? 'succeeded' : 'failed')
      return
    case 'SignalReceived':
      if (event.data.nodeId !== null) action(event.data.nodeId).end(entry, 'succeeded')
      return
    case 'SagaCompensating':
      for (const bar of all())
        bar.end(entry, bar.segments.at(-1)?.outcome === 'waiting' ? 'skipped' : 'failed')
      for (const nodeId of event.data.steps) undo(nodeId)
      return
    case 'CompensationStarted':
      undo(event.data.nodeId).open(entry, 'running', event.data.attempt)
      return
    case 'CompensationCompleted':
      undo(event.data.nodeId).end(entry, 'succeeded')
      return
    case 'CompensationAttemptFailed':
      undo(event.data.nodeId).end(entry, 'failed')
      undo(event.data.nodeId).open(entry, 'backoff', event.data.attempt, event.data.retryAt)
      return
    case 'CompensationFailed':
      if (!undo(event.data.nodeId).end(entry, 'failed'))
        undo(event.data.nodeId).mark(entry, 'failed', event.data.attempt)
      return
    case 'SagaStarted':
    case 'SagaSuspended':
    case 'SagaResumed':
    case 'OperatorActed':
    case 'SagaCompleted':
    case 'SagaCompensated':
    case 'SagaFailed':
      return
    default:
      // An event of a later version of the workbench: it stands in the list, and draws nothing here.
      return
  }
}

/** The last event at or before a time: where a click on the axis puts the cursor. At least 1. */
export function seqAtTime(events: readonly RunEvent[], at: number): number {
  let low = 0
  let high = events.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((events[middle]?.at ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return Math.max(1, low)
}
