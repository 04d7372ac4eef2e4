import { DESIGN_LIMITS } from '../design/limits'
import type { SagaNode } from '../design/saga'
import type { Json } from '../json'
import { isJsonObject } from '../json'
import { assertNever, err, ok, type Result } from '../result'
import { advance, failNode, isThrough, isToBeJudged } from './advance'
import { readyCompensations } from './compensate'
import { Decision } from './decision'
import type { DecidedEvent, Phase, StepError } from './events'
import { isHeld, isUndoHeld } from './gate'
import { operate } from './operator'
import type { NodePath } from './path'
import type { SagaPlan } from './plan'
import { nextAttemptAt, retryRules } from './retry'
import { isTerminal, nodeState, own, type SagaState } from './state'
import type { Outcome, SagaRejection, Stimulus } from './stimulus'
import { isReady } from './tokens'
import { nodesOf } from './unfold'

type Verdict = SagaRejection | undefined
/** What comes to a run that has begun. */
type Outside = Exclude<Stimulus, { type: 'start' | 'fork' }>

/** What a decision comes to: events, and the run after them. */
export interface Decided {
  readonly events: readonly DecidedEvent[]
  readonly state: SagaState
}

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
  const decided = decideNext(plan, state, stimulus)
  return decided.ok ? ok(decided.value.events) : decided
}

/** The same, with the state that folding the events would give: who has decided need not fold again. */
export function decideNext(
  plan: SagaPlan,
  state: SagaState,
  stimulus: Stimulus,
): Result<Decided, SagaRejection> {
  if (stimulus.type === 'start') {
    if (state.seq > 0) return err({ code: 'ALREADY_STARTED' })
    const { type: _type, ...data } = stimulus
    const decision = new Decision(plan, state, stimulus.at, 0)
    decision.emit({ type: 'SagaStarted', data })
    return carriedOut(decision)
  }
  if (state.seq === 0) return err({ code: 'NOT_STARTED' })
  if (stimulus.type === 'fork') return forkOff(plan, state, stimulus)
  const decision = new Decision(plan, state, stimulus.at, causeOf(state, stimulus))
  const rejection = apply(decision, stimulus)
  return rejection ? err(rejection) : carriedOut(decision)
}

function carriedOut(decision: Decision): Result<Decided, SagaRejection> {
  advance(decision)
  return ok({ events: decision.events, state: decision.state })
}

/**
 * Only a run that is nothing yet but another's events goes its own way: `forkedFrom` counts those. Where they were cut
 * in the middle of a decision, what it would have begun besides begins now.
 */
function forkOff(
  plan: SagaPlan,
  state: SagaState,
  { type: _type, ...data }: Extract<Stimulus, { type: 'fork' }>,
): Result<Decided, SagaRejection> {
  if (state.seq > (state.forkedFrom?.seq ?? 0))
    return err({ code: 'ACTION_REFUSED', message: 'it goes its own way already' })
  if (isTerminal(state.status)) return err({ code: 'RUN_ENDED' })
  const nowhere = Object.keys(data.scopes ?? {}).find((path) => own(state.scopes ?? {}, path) === undefined)
  if (nowhere !== undefined) return err({ code: 'ACTION_REFUSED', message: `no saga runs at "${nowhere}"` })
  const decision = new Decision(plan, state, data.at, 0)
  decision.emit({ type: 'SagaForked', data })
  return carriedOut(decision)
}

/** The last event about the same node: a started attempt leads to its outcome, a set timer to its firing. */
function causeOf(state: SagaState, stimulus: Outside): number {
  if (stimulus.type === 'operator') return 0
  const node = nodeState(state, stimulus.nodeId)
  const last =
    'phase' in stimulus && stimulus.phase === 'compensation' ? node.compensation?.lastSeq : node.lastSeq
  return last || state.seq
}

function apply(decision: Decision, stimulus: Outside): Verdict {
  if (stimulus.type === 'operator') return operate(decision, stimulus)
  const { plan, at } = decision
  const { nodeId } = stimulus
  if (!plan.node(nodeId)) return { code: 'NODE_NOT_FOUND', nodeId }
  switch (stimulus.type) {
    case 'prepared':
      return prepared(decision, stimulus)
    case 'chosen':
    case 'scheduled':
    case 'listed':
      return evaluated(decision, stimulus)
    case 'judged':
    case 'collected':
      return concluded(decision, stimulus)
    case 'injected': {
      const { phase, attempt, fault } = stimulus
      if (!isUnderWay(decision, nodeId, phase, attempt)) return { code: 'NOT_EXPECTED', nodeId }
      return decision.emit({
        type: 'FaultInjected',
        data: { nodeId, phase, attempt, fault, at },
      }) as undefined
    }
    case 'outcome':
      return outcome(decision, stimulus.nodeId, stimulus.phase, stimulus.attempt, stimulus.outcome)
    case 'timed-out':
      return timedOut(decision, nodeId, stimulus.phase, stimulus.attempt)
    case 'timer':
      return stimulus.phase === 'compensation' ? retryCompensation(decision, nodeId) : woken(decision, nodeId)
    default:
      return assertNever(stimulus)
  }
}

/** Forward work may start: the saga runs and nothing has failed. */
const isOpen = ({ state }: Decision): boolean => state.status === 'running' && state.error === null

/** Its turn has come, and nobody holds it. */
const mayBegin = (decision: Decision, nodeId: NodePath): boolean =>
  isOpen(decision) && isReady(decision.plan, decision.state, nodeId) && !isHeld(decision.state, nodeId)

/** This attempt of a step waits for its outcome. A saga, a map or a loop runs too, but not by attempts. */
function isUnderWay({ plan, state }: Decision, nodeId: NodePath, phase: Phase, attempt: number): boolean {
  const node = nodeState(state, nodeId)
  const half = phase === 'action' ? node : node.compensation
  return plan.step(nodeId) !== undefined && half?.status === 'running' && half.attempts === attempt
}

const ASKED = { chosen: 'choice', scheduled: 'wait', listed: 'map' } as const

/** What a choice, a wait or a map has to know before it begins. */
function evaluated(
  decision: Decision,
  stimulus: Extract<Stimulus, { type: 'chosen' | 'scheduled' | 'listed' }>,
): Verdict {
  const { nodeId, at } = stimulus
  if (!mayBegin(decision, nodeId) || decision.plan.node(nodeId)?.type !== ASKED[stimulus.type])
    return { code: 'NOT_EXPECTED', nodeId }
  if (!stimulus.result.ok) failNode(decision, nodeId, stimulus.result.error)
  else if (stimulus.type === 'chosen')
    decision.emit({ type: 'ChoiceTaken', data: { nodeId, branch: stimulus.result.value, at } })
  else if (stimulus.type === 'scheduled')
    decision.emit({ type: 'TimerSet', data: { nodeId, fireAt: stimulus.result.value, at } })
  else if (stimulus.result.value.length > DESIGN_LIMITS.mapItems)
    failNode(decision, nodeId, tooMany(stimulus.result.value.length))
  else if (isFull(decision)) failNode(decision, nodeId, TOO_LARGE)
  else decision.emit({ type: 'MapStarted', data: { nodeId, items: stimulus.result.value, at } })
  return
}

const tooMany = (items: number): StepError => ({
  code: 'TooManyItems',
  message: `a map goes through at most ${DESIGN_LIMITS.mapItems} items, and there are ${items}`,
  kind: 'business',
})

/** A run that has unfolded as far as one may: rounds within rounds would make it any size. */
const isFull = ({ plan, state }: Decision): boolean =>
  plan.isNested && nodesOf(plan, state).length > DESIGN_LIMITS.runNodes

const TOO_LARGE: StepError = {
  code: 'RunTooLarge',
  message: `a run unfolds into at most ${DESIGN_LIMITS.runNodes} nodes: use fewer rounds within rounds`,
  kind: 'business',
}

/** Whether a loop goes on, and what is merged when a saga, a map or a loop is through. */
function concluded(
  decision: Decision,
  stimulus: Extract<Stimulus, { type: 'judged' | 'collected' }>,
): Verdict {
  const { plan, state, at } = decision
  const { nodeId } = stimulus
  const node = plan.node(nodeId)
  const round = (nodeState(state, nodeId).rounds?.begun ?? 0) - 1
  const asked =
    node &&
    isOpen(decision) &&
    (stimulus.type === 'judged'
      ? isToBeJudged(state, nodeId, node) && stimulus.round === round
      : isCollecting(decision, nodeId, node))
  if (!asked) return { code: 'NOT_EXPECTED', nodeId }
  if (!stimulus.result.ok) failNode(decision, nodeId, stimulus.result.error)
  else if (stimulus.type === 'judged' && !stimulus.result.value && isFull(decision))
    failNode(decision, nodeId, TOO_LARGE)
  else if (stimulus.type === 'judged') {
    decision.emit({ type: 'LoopJudged', data: { nodeId, round, done: stimulus.result.value, at } })
  } else {
    const type = COMPLETED[node.type]
    if (type) decision.emit({ type, data: { nodeId, patch: stimulus.result.value, at } })
  }
  return
}

const COMPLETED: Partial<
  Readonly<Record<SagaNode['type'], 'SubSagaCompleted' | 'MapCompleted' | 'LoopCompleted'>>
> = { saga: 'SubSagaCompleted', map: 'MapCompleted', loop: 'LoopCompleted' }

/** A node that runs others is through, and an output expression says what is merged. */
export const isCollecting = (
  at: Pick<Decision, 'plan' | 'state'>,
  nodeId: NodePath,
  node: SagaNode,
): boolean =>
  COMPLETED[node.type] !== undefined &&
  'output' in node &&
  node.output !== undefined &&
  isThrough(at, nodeId, node)

function prepared(
  decision: Decision,
  { nodeId, phase, result }: Extract<Stimulus, { type: 'prepared' }>,
): Verdict {
  const { plan, state, at } = decision
  if (phase === 'compensation') {
    const turn =
      state.status === 'compensating' &&
      readyCompensations(plan, state).includes(nodeId) &&
      !isUndoHeld(state, nodeId)
    if (!turn) return { code: 'NOT_EXPECTED', nodeId }
    if (result.ok)
      decision.emit({ type: 'CompensationStarted', data: { nodeId, attempt: 1, input: result.value, at } })
    else decision.emit({ type: 'CompensationFailed', data: { nodeId, attempt: 0, error: result.error, at } })
    return
  }
  const type = plan.node(nodeId)?.type
  if (!mayBegin(decision, nodeId) || (type !== 'step' && type !== 'saga'))
    return { code: 'NOT_EXPECTED', nodeId }
  const { attempts } = nodeState(state, nodeId)
  if (!result.ok) failNode(decision, nodeId, result.error)
  else if (type === 'step')
    decision.emit({ type: 'StepStarted', data: { nodeId, attempt: attempts + 1, input: result.value, at } })
  else if (isJsonObject(result.value))
    decision.emit({ type: 'SubSagaStarted', data: { nodeId, input: result.value, at } })
  else failNode(decision, nodeId, notAnObject(result.value))
  return
}

const notAnObject = (input: Json): StepError => ({
  code: 'CODE_RESULT_INVALID',
  message: `the input of a saga is an object, and this is ${input === null ? 'null' : typeof input}`,
  kind: 'business',
})

/** A retry's delay is over, a wait's time has come, or a person or a signal was waited for long enough. */
function woken(decision: Decision, nodeId: NodePath): Verdict {
  const { plan, state, at } = decision
  const { status, attempts, wakeAt } = nodeState(state, nodeId)
  const node = plan.node(nodeId)
  if (!isOpen(decision) || !node) return { code: 'NOT_EXPECTED', nodeId }
  if (status === 'retrying')
    decision.emit({ type: 'StepStarted', data: { nodeId, attempt: attempts + 1, at } })
  else if (status !== 'waiting' || wakeAt === null) return { code: 'NOT_EXPECTED', nodeId }
  else if ((node.type === 'approval' || node.type === 'signal') && node.onTimeout !== 'continue')
    failNode(decision, nodeId, {
      code: node.type === 'approval' ? 'ApprovalTimedOut' : 'SignalTimedOut',
      message: `nothing came within ${node.timeoutMs ?? 0} ms`,
      kind: 'business',
    })
  else decision.emit({ type: 'TimerFired', data: { nodeId, at } })
  return
}

function retryCompensation(decision: Decision, nodeId: NodePath): Verdict {
  const { state, at } = decision
  const { compensation } = nodeState(state, nodeId)
  if (state.status !== 'compensating' || compensation?.status !== 'retrying')
    return { code: 'NOT_EXPECTED', nodeId }
  const attempt = compensation.attempts + 1
  return decision.emit({ type: 'CompensationStarted', data: { nodeId, attempt, at } }) as undefined
}

function outcome(
  decision: Decision,
  nodeId: NodePath,
  phase: Phase,
  attempt: number,
  result: Outcome,
): Verdict {
  const { at } = decision
  if (!isUnderWay(decision, nodeId, phase, attempt)) return late(decision, nodeId, phase, attempt, result)
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
function late(decision: Decision, nodeId: NodePath, phase: Phase, attempt: number, result: Outcome): Verdict {
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

function timedOut(decision: Decision, nodeId: NodePath, phase: Phase, attempt: number): Verdict {
  const { plan, at } = decision
  if (!isUnderWay(decision, nodeId, phase, attempt)) return { code: 'NOT_EXPECTED', nodeId }
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

/** Epoch ms of the next attempt, or null. While a failure before the pivot settles, nothing forward is tried again. */
function retryTime(
  decision: Decision,
  nodeId: NodePath,
  phase: Phase,
  attempt: number,
  error: StepError,
): number | null {
  const { plan, state, at } = decision
  const step = plan.step(nodeId)
  if (!step || (phase === 'action' && state.error !== null && !state.pivotPassed)) return null
  return nextAttemptAt(
    retryRules(step, phase),
    { error, attempt, now: at },
    { seed: state.seed, nodeId, phase, virtual: state.mode !== 'live' },
  )
}
