import type { Decision } from './decision'
import { isUndoHeld } from './gate'
import type { IndexedSaga } from './graph'
import { joinPath, type NodePath } from './path'
import { isRounds, type SagaPlan } from './plan'
import { type CompensationState, nodeState, own, type SagaState } from './state'
import { nodesOf } from './unfold'

export const hasEnded = ({ status }: CompensationState): boolean =>
  status === 'compensated' || status === 'failed'

interface Undoing {
  readonly path: NodePath
  readonly compensation: CompensationState
  /** When its step ended, among the others: the latest is undone first. */
  readonly ended: number
}

/** The compensations of this run, in the order `SagaCompensating` named them: the latest step to end first. */
export function compensations(plan: SagaPlan, state: SagaState): readonly Undoing[] {
  const ended = new Map(state.ended.map((path, at) => [path, at]))
  return nodesOf(plan, state)
    .flatMap((path) => {
      const { compensation } = nodeState(state, path)
      return compensation ? [{ path, compensation, ended: ended.get(path) ?? -1 }] : []
    })
    .sort((a, b) => b.ended - a.ended)
}

/** What is still to be undone in a part of the run, and which of it may start now. */
interface Part {
  readonly open: readonly Undoing[]
  readonly ready: readonly Undoing[]
}

const NOTHING: Part = { open: [], ready: [] }

/**
 * Steps whose compensation may start now. In graph order: the graph reversed, so those of all successors have ended;
 * unrelated ones side by side. In strict order: one at a time, the latest step to end first. A saga within the saga
 * goes by its own order; of a loop the latest round is undone first, the rounds of a map side by side.
 * @see docs/semantics.md#compensation
 */
export function readyCompensations(plan: SagaPlan, state: SagaState): readonly NodePath[] {
  const open = compensations(plan, state).filter(({ compensation }) => !hasEnded(compensation))
  const byPath = new Map(open.map((undoing) => [undoing.path, undoing]))
  return partOf(plan, state, plan.root, '', byPath)
    .ready.toSorted((a, b) => b.ended - a.ended)
    .filter(({ compensation }) => compensation.status === 'pending')
    .map(({ path }) => path)
}

type Open = ReadonlyMap<NodePath, Undoing>

function partOf(plan: SagaPlan, state: SagaState, graph: IndexedSaga, scope: NodePath, open: Open): Part {
  const parts = graph.order.flatMap((node) => {
    const part = partAt(plan, state, joinPath(scope, node.id), open)
    return part.open.length > 0 ? [{ id: node.id, part }] : []
  })
  const all = parts.flatMap(({ part }) => part.open)
  if (graph.saga.compensationOrder === 'strict') {
    const latest = all.reduce<Undoing | null>((a, b) => (a && a.ended > b.ended ? a : b), null)
    return { open: all, ready: latest ? [latest] : [] }
  }
  const ready = parts
    .filter(({ id }) => {
      const after = graph.behind(id)
      return !parts.some((other) => after.has(other.id))
    })
    .flatMap(({ part }) => part.ready)
  return { open: all, ready }
}

function partAt(plan: SagaPlan, state: SagaState, path: NodePath, open: Open): Part {
  const mine = open.get(path)
  if (mine) return { open: [mine], ready: [mine] }
  if (!plan.isNested) return NOTHING
  const { rounds } = nodeState(state, path)
  const node = plan.node(path)
  if (rounds && node && isRounds(node)) {
    const parts = Array.from({ length: rounds.begun }, (_, round) =>
      partAt(plan, state, joinPath(path, round), open),
    ).filter((part) => part.open.length > 0)
    const turn = node.type === 'loop' ? parts.slice(-1) : parts
    return { open: parts.flatMap((part) => part.open), ready: turn.flatMap((part) => part.ready) }
  }
  const graph = own(state.scopes ?? {}, path) && plan.graph(path)
  return graph ? partOf(plan, state, graph, path, open) : NOTHING
}

/** Starts what may start without an evaluation, and ends the saga when every compensation has ended. */
export function advanceCompensation(decision: Decision): void {
  const { plan, at } = decision
  for (const nodeId of readyCompensations(plan, decision.state)) {
    if (isUndoHeld(decision.state, nodeId)) continue
    const attempts = nodeState(decision.state, nodeId).compensation?.attempts ?? 0
    // With attempts before it a person has it tried again: its input stays what it was.
    if (plan.step(nodeId)?.compensation?.input === undefined || attempts > 0)
      decision.emit({ type: 'CompensationStarted', data: { nodeId, attempt: attempts + 1, at } })
  }
  const all = compensations(plan, decision.state)
  if (all.some(({ compensation }) => !hasEnded(compensation))) return
  const notUndone = all.filter(({ compensation }) => compensation.status === 'failed').map(({ path }) => path)
  decision.emit(
    notUndone.length === 0
      ? { type: 'SagaCompensated', data: { at } }
      : { type: 'SagaFailed', data: { notUndone, at } },
  )
}
