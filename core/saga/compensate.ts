import type { Decision } from './decision'
import type { SagaPlan } from './plan'
import { type CompensationState, nodeState, type SagaState } from './state'

const hasEnded = (compensation: CompensationState): boolean =>
  compensation.status === 'compensated' || compensation.status === 'failed'

/** Nodes reachable from `nodeId`, itself left out. */
export function descendants(plan: SagaPlan, nodeId: string): ReadonlySet<string> {
  const seen = new Set<string>()
  const open = [nodeId]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const edge of plan.outgoing(next)) {
      if (seen.has(edge.to)) continue
      seen.add(edge.to)
      open.push(edge.to)
    }
  }
  return seen
}

/** The compensations of this run, in the order `SagaCompensating` named them: the latest step to end first. */
function compensations(
  plan: SagaPlan,
  state: SagaState,
): readonly { readonly nodeId: string; readonly compensation: CompensationState }[] {
  return plan.order
    .flatMap(({ id }) => {
      const { compensation } = nodeState(state, id)
      return compensation ? [{ nodeId: id, compensation }] : []
    })
    .sort((a, b) => state.ended.lastIndexOf(b.nodeId) - state.ended.lastIndexOf(a.nodeId))
}

/**
 * Steps whose compensation may start now. In graph order: the graph reversed, so those of all successors have ended;
 * unrelated ones side by side. In strict order: one at a time, the latest step to end first.
 * @see docs/semantics.md#compensation
 */
export function readyCompensations(plan: SagaPlan, state: SagaState): readonly string[] {
  const all = compensations(plan, state)
  const open = all.filter(({ compensation }) => !hasEnded(compensation))
  if (plan.saga.compensationOrder === 'strict') {
    const first = open[0]
    return first && first.compensation.status === 'pending' ? [first.nodeId] : []
  }
  return open
    .filter(({ nodeId, compensation }) => {
      if (compensation.status !== 'pending') return false
      const after = descendants(plan, nodeId)
      return !open.some((other) => after.has(other.nodeId))
    })
    .map(({ nodeId }) => nodeId)
}

/** Starts what may start without an evaluation, and ends the saga when every compensation has ended. */
export function advanceCompensation(decision: Decision): void {
  const { plan, at } = decision
  for (const nodeId of readyCompensations(plan, decision.state)) {
    if (plan.step(nodeId)?.compensation?.input === undefined) {
      decision.emit({ type: 'CompensationStarted', data: { nodeId, attempt: 1, at } })
    }
  }
  const all = compensations(plan, decision.state)
  if (all.some(({ compensation }) => !hasEnded(compensation))) return
  const notUndone = all
    .filter(({ compensation }) => compensation.status === 'failed')
    .map(({ nodeId }) => nodeId)
  decision.emit(
    notUndone.length === 0
      ? { type: 'SagaCompensated', data: { at } }
      : { type: 'SagaFailed', data: { notUndone, at } },
  )
}
