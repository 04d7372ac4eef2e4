import type { SagaNode } from '../design/saga'
import { advanceCompensation } from './compensate'
import type { Decision } from './decision'
import type { SagaError } from './events'
import { isInFlight, type NodeState, nodeState, type SagaState } from './state'
import { isReady } from './tokens'

/** Work under way or to come at a node, so that the saga is not at its end. */
const isActive = (node: NodeState): boolean =>
  node.status === 'running' || node.status === 'retrying' || node.status === 'waiting'

/** Takes the saga as far as it gets without the outside world. Nothing moves while a person is waited for. */
export function advance(decision: Decision): void {
  if (decision.state.status === 'running') {
    if (decision.state.error) settleFailure(decision)
    else goForward(decision)
  }
  if (decision.state.status === 'compensating') advanceCompensation(decision)
}

function goForward(decision: Decision): void {
  const { plan } = decision
  for (const node of plan.order) {
    if (isReady(plan, decision.state, node.id)) beginNode(decision, node)
    if (decision.state.error) {
      settleFailure(decision)
      return
    }
  }
  const { state } = decision
  const busy = plan.order.some((node) => isActive(nodeState(state, node.id)) || isReady(plan, state, node.id))
  if (!busy) decision.emit({ type: 'SagaCompleted', data: { at: decision.at } })
}

/** Begins what needs no evaluation first; the rest is an effect (`effectsOf`) and comes back as a stimulus. */
function beginNode(decision: Decision, node: SagaNode): void {
  const { at } = decision
  const { attempts } = nodeState(decision.state, node.id)
  // With attempts before it this is an operator's retry: the input was evaluated for the first one and stays.
  if (node.type === 'step' && (node.input === undefined || attempts > 0)) {
    decision.emit({ type: 'StepStarted', data: { nodeId: node.id, attempt: attempts + 1, at } })
  } else if (node.type === 'wait' && node.until === undefined) {
    decision.emit({ type: 'TimerSet', data: { nodeId: node.id, fireAt: at + (node.durationMs ?? 0), at } })
  } else if (node.type === 'fail') {
    const error = {
      code: node.error,
      message: node.message ?? `the saga was made to fail at ${node.name ?? node.id}`,
      kind: 'business',
    } as const
    decision.emit({ type: 'StepFailed', data: { nodeId: node.id, attempt: 0, error, unknown: false, at } })
  }
}

/**
 * After a failure no new forward work starts and what is in flight settles. Then the saga compensates, unless a pivot
 * has been passed (or may have been): from there it only goes forward, and a person is asked.
 */
function settleFailure(decision: Decision): void {
  const { plan, at } = decision
  giveUpRetries(decision)
  const { state } = decision
  const { error } = state
  if (!error || plan.order.some((node) => isInFlight(nodeState(state, node.id)))) return
  const doubtful = plan.order.find(
    (node) => plan.step(node.id)?.kind === 'pivot' && nodeState(state, node.id).effect === 'unknown',
  )
  // A cancel too: it came before the pivot, but the pivot was on its way and has succeeded.
  if (state.pivotPassed || doubtful) suspend(decision, error, doubtful?.id)
  else decision.emit({ type: 'SagaCompensating', data: { error, steps: stepsToCompensate(decision), at } })
}

/** What waits for its next attempt has failed: with a failure known, nothing forward is tried again. */
export function giveUpRetries(decision: Decision): void {
  for (const { id: nodeId } of decision.plan.order) {
    const { status, attempts, error, unanswered } = nodeState(decision.state, nodeId)
    if (status !== 'retrying' || !error) continue
    const unknown = unanswered.includes(attempts)
    decision.emit({
      type: 'StepFailed',
      data: { nodeId, attempt: attempts, error, unknown, at: decision.at },
    })
  }
}

function suspend(decision: Decision, { nodeId, ...error }: SagaError, doubtful: string | undefined): void {
  const { plan, state, at } = decision
  // Once a person has asked to try the pivot again, what is left to deal with is the other failure.
  const pivot =
    doubtful !== undefined && nodeState(state, doubtful).status !== 'pending' ? doubtful : undefined
  const kind = nodeId === null ? undefined : plan.step(nodeId)?.kind
  const reason =
    pivot !== undefined ? 'pivot-unknown' : kind === 'retriable' ? 'retries-exhausted' : 'failed-after-pivot'
  const about = pivot ?? nodeId
  decision.emit({
    type: 'SagaSuspended',
    data: { reason, ...(about === null ? {} : { nodeId: about }), error, at },
  })
}

/** Every step that did its work or may have, and says how to undo it; the latest to end first. */
export function stepsToCompensate({
  plan,
  state,
}: {
  readonly plan: Decision['plan']
  readonly state: SagaState
}): readonly string[] {
  // A step that a person had tried again ended twice: its latest end counts.
  return [...new Set([...state.ended].reverse())].filter(
    (nodeId) => plan.step(nodeId)?.compensation !== undefined && nodeState(state, nodeId).effect !== 'none',
  )
}
