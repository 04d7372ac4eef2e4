import { assertNever } from '../result'
import { giveUpRetries, stepsToCompensate } from './advance'
import type { Decision } from './decision'
import { isInFlight, isTerminal, nodeState } from './state'
import type { SagaRejection, Stimulus } from './stimulus'

const refuse = (message: string): SagaRejection => ({ code: 'ACTION_REFUSED', message })

/** What a person does to a run: an event with who and why, then what follows from it. */
export function operate(
  decision: Decision,
  { act, by, reason }: Extract<Stimulus, { type: 'operator' }>,
): SagaRejection | undefined {
  const { state, plan, at } = decision
  if (isTerminal(state.status)) return { code: 'RUN_ENDED' }
  const nodeId = 'nodeId' in act ? act.nodeId : undefined
  if (nodeId !== undefined && !plan.node(nodeId)) return { code: 'NODE_NOT_FOUND', nodeId }
  const detail = act.action === 'add-fault' ? { detail: act.fault } : {}
  const undoing = state.status === 'compensating' || state.suspended?.resumeTo === 'compensating'
  const record = () =>
    decision.emit({
      type: 'OperatorActed',
      data: {
        action: act.action,
        by,
        ...(nodeId === undefined ? {} : { nodeId }),
        ...(reason === undefined ? {} : { reason }),
        ...detail,
        at,
      },
    })

  switch (act.action) {
    case 'pause':
      if (state.status === 'suspended') return refuse('it is suspended already')
      record()
      decision.emit({ type: 'SagaSuspended', data: { reason: 'paused', at } })
      return
    case 'resume':
      if (!state.suspended) return refuse('it is not paused')
      // A cancel that the pivot overtook has no step to retry: going on is all that is left, or "compensate".
      if (state.suspended.reason !== 'paused' && state.error?.nodeId !== null)
        return refuse('retry or skip the step that failed instead')
      record()
      decision.emit({ type: 'SagaResumed', data: { at } })
      return
    case 'cancel':
      if (undoing) return refuse('it is being undone already')
      if (state.error)
        return refuse(
          'it has failed already: it is undone once what is in flight has settled, or waits for "compensate"',
        )
      if (state.pivotPassed)
        return refuse('its pivot has succeeded: it only goes forward; "compensate" undoes it all the same')
      record()
      if (state.suspended) decision.emit({ type: 'SagaResumed', data: { at } })
      return
    case 'compensate': {
      if (undoing) return refuse('it is being undone already')
      if (plan.order.some((node) => isInFlight(nodeState(state, node.id))))
        return refuse('a step is in flight: pause, and wait until it has settled')
      record()
      giveUpRetries(decision)
      const { error } = decision.state
      if (error)
        decision.emit({ type: 'SagaCompensating', data: { error, steps: stepsToCompensate(decision), at } })
      return
    }
    case 'retry':
    case 'skip': {
      const { status } = nodeState(state, act.nodeId)
      if (undoing || state.status !== 'suspended' || (status !== 'failed' && status !== 'timed-out'))
        return refuse('only a failed step of a suspended run can be retried or skipped')
      record()
      if (act.action === 'skip')
        decision.emit({ type: 'StepSkipped', data: { nodeId: act.nodeId, output: act.output, at } })
      decision.emit({ type: 'SagaResumed', data: { at } })
      return
    }
    case 'add-fault':
      record()
      return
    default:
      return assertNever(act)
  }
}
