import type { JsonObject } from '../json'
import { isJsonObject } from '../json'
import type { SagaEvent, SagaEventOf, StepError } from './events'
import type { SagaPlan } from './plan'
import { nodeState, type SagaState } from './state'
import type { OperatorAction, Stimulus } from './stimulus'

/**
 * What must have happened to a run for this to be its next event: the way back from an event to the stimulus that
 * `decide` answered with it. Null where nothing from outside is behind it: it only follows from other events.
 * @param state the run before the event
 * @param event its next event
 * @param next the one after, where what a person gave stands in it
 */
export function stimulusBehind(
  plan: SagaPlan,
  state: SagaState,
  event: SagaEvent,
  next: SagaEvent | undefined,
): Stimulus | null {
  const { at } = event.data
  switch (event.type) {
    case 'SagaStarted':
      return { type: 'start', ...event.data }
    case 'SagaForked':
      return { type: 'fork', ...event.data }
    case 'StepStarted': {
      const { nodeId, input } = event.data
      if (nodeState(state, nodeId).status === 'retrying')
        return { type: 'timer', nodeId, phase: 'action', at }
      if (input === undefined) return null
      return { type: 'prepared', nodeId, phase: 'action', result: { ok: true, value: input }, at }
    }
    case 'StepCompleted': {
      const { nodeId, attempt, output, patch } = event.data
      const outcome = { type: 'succeeded' as const, output, ...(patch === undefined ? {} : { patch }) }
      return { type: 'outcome', nodeId, phase: 'action', attempt, outcome, at }
    }
    case 'StepAttemptFailed': {
      const { nodeId, attempt, error, unknown } = event.data
      const outcome = { type: unknown ? ('unknown' as const) : ('failed' as const), error }
      return { type: 'outcome', nodeId, phase: 'action', attempt, outcome, at }
    }
    case 'StepTimedOut': {
      const { nodeId, attempt } = event.data
      return { type: 'timed-out', nodeId, phase: 'action', attempt, at }
    }
    case 'StepFailed':
      return behindFailure(plan, state, event)
    case 'StepOutcomeArrivedLate': {
      const { nodeId, phase, attempt, outcome } = event.data
      return { type: 'outcome', nodeId, phase, attempt, outcome, at }
    }
    case 'ChoiceTaken': {
      const { nodeId, branch } = event.data
      return { type: 'chosen', nodeId, result: { ok: true, value: branch }, at }
    }
    case 'TimerSet': {
      const { nodeId, fireAt } = event.data
      const node = plan.node(nodeId)
      if (node?.type !== 'wait' || node.until === undefined) return null
      return { type: 'scheduled', nodeId, result: { ok: true, value: fireAt }, at }
    }
    case 'TimerFired':
      return { type: 'timer', nodeId: event.data.nodeId, phase: 'action', at }
    case 'MapStarted': {
      const { nodeId, items } = event.data
      return { type: 'listed', nodeId, result: { ok: true, value: items }, at }
    }
    case 'LoopJudged': {
      const { nodeId, round, done } = event.data
      return { type: 'judged', nodeId, round, result: { ok: true, value: done }, at }
    }
    case 'SubSagaStarted': {
      const { nodeId, input } = event.data
      if (input === undefined) return null
      return { type: 'prepared', nodeId, phase: 'action', result: { ok: true, value: input }, at }
    }
    case 'SubSagaCompleted':
    case 'MapCompleted':
    case 'LoopCompleted': {
      const { nodeId, patch } = event.data
      if (patch === undefined) return null
      return { type: 'collected', nodeId, result: { ok: true, value: patch }, at }
    }
    case 'ApprovalDecided': {
      const { nodeId, approved, by, comment } = event.data
      const act = {
        action: 'decide' as const,
        nodeId,
        approved,
        ...(comment === undefined ? {} : { comment }),
      }
      return { type: 'operator', act, by, at }
    }
    case 'SignalReceived': {
      const { nodeId, signal, data, by } = event.data
      const act = { action: 'signal' as const, signal, data, ...(nodeId === null ? {} : { nodeId }) }
      return { type: 'operator', act, by, at }
    }
    case 'FaultInjected': {
      const { nodeId, phase, attempt, fault } = event.data
      return { type: 'injected', nodeId, phase, attempt, fault, at }
    }
    case 'CompensationStarted': {
      const { nodeId, attempt, input } = event.data
      if (nodeState(state, nodeId).compensation?.status === 'retrying')
        return { type: 'timer', nodeId, phase: 'compensation', at }
      if (input === undefined || attempt > 1) return null
      return { type: 'prepared', nodeId, phase: 'compensation', result: { ok: true, value: input }, at }
    }
    case 'CompensationCompleted': {
      const { nodeId, attempt, output } = event.data
      const outcome = { type: 'succeeded' as const, output }
      return { type: 'outcome', nodeId, phase: 'compensation', attempt, outcome, at }
    }
    case 'CompensationAttemptFailed':
    case 'CompensationFailed': {
      const { nodeId, attempt, error } = event.data
      if (attempt === 0)
        return { type: 'prepared', nodeId, phase: 'compensation', result: { ok: false, error }, at }
      if (isTimeout(error)) return { type: 'timed-out', nodeId, phase: 'compensation', attempt, at }
      return {
        type: 'outcome',
        nodeId,
        phase: 'compensation',
        attempt,
        outcome: { type: 'failed', error },
        at,
      }
    }
    case 'OperatorActed': {
      const { by, reason } = event.data
      const act = actOf(event.data, next)
      return { type: 'operator', act, by, ...(reason === undefined ? {} : { reason }), at }
    }
    default:
      return null
  }
}

/** That a compensation got no answer in time is told by its error alone: `decide` words it so. */
const isTimeout = ({ code, message }: StepError): boolean =>
  code === 'Timeout' && /^no answer within \d+ ms$/.test(message)

function behindFailure(plan: SagaPlan, state: SagaState, event: SagaEventOf<'StepFailed'>): Stimulus | null {
  const { nodeId, attempt, error, unknown, output, at } = event.data
  const { status, wakeAt } = nodeState(state, nodeId)
  const node = plan.node(nodeId)
  const result = { ok: false as const, error }
  if (status === 'running' && node?.type === 'step') {
    const outcome = unknown
      ? ({ type: 'unknown', error } as const)
      : ({ type: 'failed', error, ...(output === undefined ? {} : { output }) } as const)
    return { type: 'outcome', nodeId, phase: 'action', attempt, outcome, at }
  }
  if (status === 'waiting' && wakeAt !== null) return { type: 'timer', nodeId, phase: 'action', at }
  if (status === 'running' && node?.type === 'loop') {
    const { begun = 0, judged = 0 } = nodeState(state, nodeId).rounds ?? {}
    if (begun > judged) return { type: 'judged', nodeId, round: begun - 1, result, at }
  }
  if (status === 'running') return { type: 'collected', nodeId, result, at }
  switch (node?.type) {
    case 'choice':
      return { type: 'chosen', nodeId, result, at }
    case 'wait':
      return { type: 'scheduled', nodeId, result, at }
    case 'map':
      return { type: 'listed', nodeId, result, at }
    case 'step':
    case 'saga':
      return { type: 'prepared', nodeId, phase: 'action', result, at }
    default:
      return null
  }
}

/** What a person did, from what stands in the event and in the one that followed from it. */
function actOf(
  { action, nodeId = '', detail }: SagaEventOf<'OperatorActed'>['data'],
  next: SagaEvent | undefined,
): OperatorAction {
  const given: JsonObject = detail !== undefined && isJsonObject(detail) ? detail : {}
  // An act is told by its name: what it needs besides is what the event it led to holds.
  return {
    action,
    ...(nodeId === '' ? {} : { nodeId }),
    ...(action === 'add-fault' ? { fault: given } : given),
    ...(action === 'skip' && next?.type === 'StepSkipped' ? { output: next.data.output } : {}),
    ...(action === 'fail' && next?.type === 'StepFailed' ? { code: next.data.error.code } : {}),
  } as unknown as OperatorAction
}
