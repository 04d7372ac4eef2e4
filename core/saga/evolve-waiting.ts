import type { Json } from '../json'
import { assertNever } from '../result'
import { mergeFrom, withNode } from './change'
import { withState } from './copy'
import type { SagaEventOf } from './events'
import type { NodePath } from './path'
import type { SagaPlan } from './plan'
import { nodeState, type SagaState } from './state'
import { releaseTokens } from './tokens'

type WaitingEvent = SagaEventOf<
  | 'TimerFired'
  | 'ApprovalRequested'
  | 'ApprovalDecided'
  | 'SignalAwaited'
  | 'SignalReceived'
  | 'SignalMatched'
>

/** The state after an event about what waits: for a time, for a person's decision, for a signal. */
export function evolveWaiting(plan: SagaPlan, state: SagaState, event: WaitingEvent): SagaState {
  const { at } = event.data
  switch (event.type) {
    case 'ApprovalRequested':
    case 'SignalAwaited': {
      const { nodeId, expiresAt } = event.data
      return withNode(state, nodeId, { status: 'waiting', startedAt: at, wakeAt: expiresAt })
    }
    case 'TimerFired': {
      const { nodeId } = event.data
      if (plan.node(nodeId)?.type === 'wait') return through(plan, state, nodeId, null, {}, at)
      // An approval or a signal that was waited for long enough, where the saga goes on without it.
      const output = { timedOut: true }
      return through(plan, state, nodeId, output, underName(plan, nodeId, output), at)
    }
    case 'ApprovalDecided': {
      const { nodeId, approved, by, comment } = event.data
      const node = plan.node(nodeId)
      const output = { approved, by, ...(comment === undefined ? {} : { comment }) }
      // A no that fails the saga is followed by the event that says so.
      if (!approved && !(node?.type === 'approval' && node.onReject === 'continue'))
        return withNode(state, nodeId, { output, wakeAt: null })
      return through(plan, state, nodeId, output, underName(plan, nodeId, output), at)
    }
    case 'SignalReceived': {
      const { nodeId, signal, data } = event.data
      if (nodeId !== null) return through(plan, state, nodeId, data, data, at)
      return withState(state, { signals: [...(state.signals ?? []), { signal, data }] })
    }
    case 'SignalMatched':
      return matched(plan, state, event.data)
    default:
      return assertNever(event)
  }
}

/** A wait is over: what came of it is merged, and what follows may begin. */
function through(
  plan: SagaPlan,
  state: SagaState,
  nodeId: NodePath,
  output: Json,
  patch: Json,
  at: number,
): SagaState {
  const done = withNode(state, nodeId, {
    status: 'succeeded',
    endedAt: at,
    wakeAt: null,
    ...(output === null ? {} : { output }),
  })
  return releaseTokens(plan, mergeFrom(plan, done, nodeId, patch), nodeId, at)
}

const underName = (plan: SagaPlan, nodeId: NodePath, output: Json): Json => ({
  [plan.place(nodeId)?.nodeId ?? nodeId]: output,
})

function matched(
  plan: SagaPlan,
  state: SagaState,
  { nodeId, early: which, at }: SagaEventOf<'SignalMatched'>['data'],
): SagaState {
  const node = plan.node(nodeId)
  const early = state.signals ?? []
  const taken = which ?? early.findIndex(({ signal }) => node?.type === 'signal' && signal === node.signal)
  const data = early[taken]?.data ?? nodeState(state, nodeId).output
  const rest = withState(state, { signals: early.filter((_, index) => index !== taken) })
  return through(plan, rest, nodeId, data, data, at)
}
