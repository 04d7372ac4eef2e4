import { assertNever, err, ok, type Result } from '../result'
import { advance } from './advance'
import { readyCompensations } from './compensate'
import { Decision } from './decision'
import type { DecidedEvent, Phase, StepError } from './events'
import { operate } from './operator'
import type { SagaPlan } from './plan'
import { nextAttemptAt, retryRules } from './retry'
import { isTerminal, nodeState, type SagaState } from './state'
import type { Outcome, SagaRejection, Stimulus } from './stimulus'
import { isReady } from './tokens'

type Verdict = SagaRejection | undefined

/**
 * The heart: what follows when something happens to a run. Pure; the same arguments give the same events.
 * @param state the run folded so far
 * @returns the events that become true, in order, to be appended in one piece; or why nothing does
 * @see docs/semantics.md#saga
 */
export function decide(
  plan: SagaPlan,
  state: SagaState,
  stimulus: Stimulus,
): Result<readonly DecidedEvent[], SagaRejection> {
  if (stimulus.type === 'start') {
    if (state.seq > 0) return err({ code: 'ALREADY_STARTED' })
    const { type: _type, ...data } = stimulus
    const decision = new Decision(plan, state, stimulus.at, 0)
    decision.emit({ type: 'SagaStarted', data })
    advance(decision)
    return ok(decision.events)
  }
  if (state.seq === 0) return err({ code: 'NOT_STARTED' })
  const decision = new Decision(plan, state, stimulus.at, causeOf(state, stimulus))
  const rejection = apply(decision, stimulus)
  if (rejection) return err(rejection)
  advance(decision)
  return ok(decision.events)
}

/** The last event about the same node: a started attempt leads to its outcome, a set timer to its firing. */
function causeOf(state: SagaState, stimulus: Exclude<Stimulus, { type: 'start' }>): number {
  if (stimulus.type === 'operator') return 0
  const node = nodeState(state, stimulus.nodeId)
  const last =
    'phase' in stimulus && stimulus.phase === 'compensation' ? node.compensation?.lastSeq : node.lastSeq
  return last || state.seq
}

function apply(decision: Decision, stimulus: Exclude<Stimulus, { type: 'start' }>): Verdict {
  if (stimulus.type === 'operator') return operate(decision, stimulus)
  const { plan, state, at } = decision
  const { nodeId } = stimulus
  const node = nodeState(state, nodeId)
  if (!plan.node(nodeId)) return { code: 'NODE_NOT_FOUND', nodeId }
  switch (stimulus.type) {
    case 'prepared':
      return prepared(decision, stimulus)
    case 'chosen':
    case 'scheduled': {
      const asked = stimulus.type === 'chosen' ? 'choice' : 'wait'
      if (!isOpen(decision) || !isReady(plan, state, nodeId) || plan.node(nodeId)?.type !== asked)
        return { code: 'NOT_EXPECTED', nodeId }
      if (!stimulus.result.ok) failStep(decision, nodeId, 0, stimulus.result.error)
      else if (stimulus.type === 'chosen')
        decision.emit({ type: 'ChoiceTaken', data: { nodeId, branch: stimulus.result.value, at } })
      else decision.emit({ type: 'TimerSet', data: { nodeId, fireAt: stimulus.result.value, at } })
      return
    }
    case 'outcome':
      return outcome(decision, stimulus.nodeId, stimulus.phase, stimulus.attempt, stimulus.outcome)
    case 'timed-out':
      return timedOut(decision, nodeId, stimulus.phase, stimulus.attempt)
    case 'timer': {
      if (stimulus.phase === 'compensation') {
        if (state.status !== 'compensating' || node.compensation?.status !== 'retrying')
          return { code: 'NOT_EXPECTED', nodeId }
        return decision.emit({
          type: 'CompensationStarted',
          data: { nodeId, attempt: node.compensation.attempts + 1, at },
        }) as undefined
      }
      if (!isOpen(decision)) return { code: 'NOT_EXPECTED', nodeId }
      if (node.status === 'retrying')
        decision.emit({ type: 'StepStarted', data: { nodeId, attempt: node.attempts + 1, at } })
      else if (node.status === 'waiting') decision.emit({ type: 'TimerFired', data: { nodeId, at } })
      else return { code: 'NOT_EXPECTED', nodeId }
      return
    }
    default:
      return assertNever(stimulus)
  }
}

/** Forward work may start: the saga runs and nothing has failed. */
const isOpen = ({ state }: Decision): boolean => state.status === 'running' && state.error === null

function prepared(
  decision: Decision,
  { nodeId, phase, result }: Extract<Stimulus, { type: 'prepared' }>,
): Verdict {
  const { plan, state, at } = decision
  if (phase === 'compensation') {
    if (state.status !== 'compensating' || !readyCompensations(plan, state).includes(nodeId))
      return { code: 'NOT_EXPECTED', nodeId }
    if (result.ok)
      decision.emit({ type: 'CompensationStarted', data: { nodeId, attempt: 1, input: result.value, at } })
    else decision.emit({ type: 'CompensationFailed', data: { nodeId, attempt: 0, error: result.error, at } })
    return
  }
  if (!isOpen(decision) || !isReady(plan, state, nodeId) || !plan.step(nodeId))
    return { code: 'NOT_EXPECTED', nodeId }
  if (result.ok) decision.emit({ type: 'StepStarted', data: { nodeId, attempt: 1, input: result.value, at } })
  else failStep(decision, nodeId, 0, result.error)
  return
}

function failStep(decision: Decision, nodeId: string, attempt: number, error: StepError): void {
  decision.emit({ type: 'StepFailed', data: { nodeId, attempt, error, unknown: false, at: decision.at } })
}

function outcome(
  decision: Decision,
  nodeId: string,
  phase: Phase,
  attempt: number,
  result: Outcome,
): Verdict {
  const { state, at } = decision
  const node = nodeState(state, nodeId)
  const half = phase === 'action' ? node : node.compensation
  if (half?.status !== 'running' || half.attempts !== attempt)
    return late(decision, nodeId, phase, attempt, result)
  if (result.type === 'succeeded') {
    if (phase === 'compensation')
      decision.emit({ type: 'CompensationCompleted', data: { nodeId, attempt, output: result.output, at } })
    else
      decision.emit({
        type: 'StepCompleted',
        data: {
          nodeId,
          attempt,
          output: result.output,
          ...(result.patch ? { patch: result.patch } : {}),
          at,
        },
      })
    return
  }
  const { error } = result
  const output = result.type === 'failed' ? result.output : undefined
  // Work that was done is not done again for the sake of its output expression.
  const retryAt = output === undefined ? retryTime(decision, nodeId, phase, attempt, error) : null
  if (phase === 'compensation') {
    if (retryAt !== null)
      decision.emit({ type: 'CompensationAttemptFailed', data: { nodeId, attempt, error, retryAt, at } })
    else decision.emit({ type: 'CompensationFailed', data: { nodeId, attempt, error, at } })
    return
  }
  const unknown = result.type === 'unknown'
  if (retryAt !== null)
    decision.emit({ type: 'StepAttemptFailed', data: { nodeId, attempt, error, unknown, retryAt, at } })
  else
    decision.emit({
      type: 'StepFailed',
      data: { nodeId, attempt, error, unknown, ...(output === undefined ? {} : { output }), at },
    })
  return
}

/** An outcome after its attempt was given up is recorded once and changes nothing else; a repeated one is nothing. */
function late(decision: Decision, nodeId: string, phase: Phase, attempt: number, result: Outcome): Verdict {
  const node = nodeState(decision.state, nodeId)
  const gaveUp = phase === 'action' && node.unanswered.includes(attempt)
  if (!gaveUp || result.type === 'unknown')
    return { code: isTerminal(decision.state.status) ? 'RUN_ENDED' : 'NOT_EXPECTED', nodeId }
  const seen =
    result.type === 'succeeded'
      ? ({ type: 'succeeded', output: result.output } as const)
      : ({ type: 'failed', error: result.error } as const)
  decision.emit({
    type: 'StepOutcomeArrivedLate',
    data: { nodeId, phase, attempt, outcome: seen, at: decision.at },
  })
  return
}

function timedOut(decision: Decision, nodeId: string, phase: Phase, attempt: number): Verdict {
  const { plan, state, at } = decision
  const node = nodeState(state, nodeId)
  const half = phase === 'action' ? node : node.compensation
  if (half?.status !== 'running' || half.attempts !== attempt) return { code: 'NOT_EXPECTED', nodeId }
  const step = plan.step(nodeId)
  const timeoutMs = (phase === 'action' ? step?.timeoutMs : step?.compensation?.timeoutMs) ?? 0
  const error: StepError = { code: 'Timeout', message: `no answer within ${timeoutMs} ms`, kind: 'technical' }
  const retryAt = retryTime(decision, nodeId, phase, attempt, error)
  if (phase === 'compensation') {
    if (retryAt !== null)
      decision.emit({ type: 'CompensationAttemptFailed', data: { nodeId, attempt, error, retryAt, at } })
    else decision.emit({ type: 'CompensationFailed', data: { nodeId, attempt, error, at } })
    return
  }
  decision.emit({ type: 'StepTimedOut', data: { nodeId, attempt, timeoutMs, retryAt, at } })
  if (retryAt === null)
    decision.emit({ type: 'StepFailed', data: { nodeId, attempt, error, unknown: true, at } })
  return
}

/** Epoch ms of the next attempt, or null. While a failure settles, nothing forward is tried again. */
function retryTime(
  decision: Decision,
  nodeId: string,
  phase: Phase,
  attempt: number,
  error: StepError,
): number | null {
  const { plan, state, at } = decision
  const step = plan.step(nodeId)
  if (!step || (phase === 'action' && state.error !== null)) return null
  return nextAttemptAt(
    retryRules(step, phase),
    { error, attempt, now: at },
    { seed: state.seed, nodeId, phase, virtual: state.mode === 'virtual' },
  )
}
