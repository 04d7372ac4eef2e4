import type { JsonObject } from '../json'
import { assertNever } from '../result'
import { cleared, countRound, mergeFrom, withCompensation, withNode } from './change'
import { changedNode, withEntry, withState } from './copy'
import type { SagaEvent, SagaEventOf } from './events'
import { forked } from './evolve-fork'
import { operatorActed } from './evolve-operator'
import { evolveUnfolding } from './evolve-unfolding'
import { evolveWaiting } from './evolve-waiting'
import { injectedKey } from './fault'
import type { NodePath } from './path'
import type { SagaPlan } from './plan'
import { defaultInput } from './rounds'
import { dataOf, INITIAL_STATE, type NodeState, nodeState, type SagaState } from './state'
import { releaseTokens } from './tokens'

/**
 * The state after one more event. Total: it accepts whatever `decide` gave, in that order, and never refuses.
 * @param plan the design version the run pinned
 */
export function evolve(plan: SagaPlan, before: SagaState, event: SagaEvent): SagaState {
  const state = withState(before, { seq: before.seq + 1 })
  const { data } = event
  switch (event.type) {
    case 'SagaStarted':
      return started(plan, state, event.data)
    case 'StepStarted': {
      const { nodeId, attempt, input } = event.data
      const node = nodeState(state, nodeId)
      const first = attempt === 1 && node.attempts === 0
      return withNode(countRound(plan, state, nodeId), nodeId, {
        status: 'running',
        attempts: attempt,
        input: input !== undefined ? input : first ? defaultInput(plan, state, nodeId) : node.input,
        startedAt: node.startedAt ?? data.at,
        wakeAt: null,
        ...(node.isEdited ? { isEdited: false } : {}),
      })
    }
    case 'StepCompleted': {
      const { nodeId, output, patch } = event.data
      const done = withNode(state, nodeId, {
        status: 'succeeded',
        output,
        error: null,
        effect: 'done',
        endedAt: data.at,
        wakeAt: null,
      })
      const merged = withState(mergeFrom(plan, done, nodeId, patch ?? output), {
        ended: [...done.ended, nodeId],
        pivotPassed: done.pivotPassed || plan.step(nodeId)?.kind === 'pivot',
      })
      return releaseTokens(plan, merged, nodeId, data.at)
    }
    case 'StepAttemptFailed': {
      const { nodeId, error, unknown, retryAt } = event.data
      return withNode(state, nodeId, {
        status: 'retrying',
        error,
        wakeAt: retryAt,
        ...(unknown ? unansweredIn(state, event.data) : {}),
      })
    }
    case 'StepTimedOut': {
      const { nodeId, retryAt, timeoutMs } = event.data
      const error = {
        code: 'Timeout',
        message: `no answer within ${timeoutMs} ms`,
        kind: 'technical',
      } as const
      return withNode(state, nodeId, {
        status: retryAt === null ? 'timed-out' : 'retrying',
        error,
        wakeAt: retryAt,
        ...unansweredIn(state, event.data),
      })
    }
    case 'StepFailed':
      return failed(plan, state, event.data)
    case 'StepSkipped': {
      const { nodeId, output, touched, counts } = event.data
      const node = nodeState(state, nodeId)
      const skipped = withNode(countRound(plan, state, nodeId), nodeId, {
        status: 'skipped',
        output,
        ...(touched && node.effect === 'done' ? { returned: node.output } : {}),
        ...(counts ? { counts } : {}),
        endedAt: data.at,
        wakeAt: null,
      })
      const isPassed = plan.step(nodeId)?.kind === 'pivot' && node.effect !== 'none'
      const merged = withState(mergeFrom(plan, skipped, nodeId, output), {
        // A pivot that may have done its work is behind us, whoever says so.
        pivotPassed: state.pivotPassed || isPassed,
        error: cleared(skipped, nodeId),
        // What was done or may have been is undone, whatever stands in its place.
        ended: touched ? [...skipped.ended, nodeId] : skipped.ended,
      })
      return releaseTokens(
        plan,
        merged,
        nodeId,
        data.at,
        plan.node(nodeId)?.type === 'choice' ? 'default' : undefined,
      )
    }
    case 'StepOutcomeArrivedLate':
      return late(state, event.data)
    case 'ChoiceTaken': {
      const { nodeId, branch } = event.data
      const taken = withNode(state, nodeId, {
        status: 'succeeded',
        branch,
        startedAt: data.at,
        endedAt: data.at,
      })
      return releaseTokens(plan, taken, nodeId, data.at, branch)
    }
    case 'TimerSet':
      return withNode(state, event.data.nodeId, {
        status: 'waiting',
        startedAt: data.at,
        wakeAt: event.data.fireAt,
      })
    case 'TimerFired':
    case 'ApprovalRequested':
    case 'ApprovalDecided':
    case 'SignalAwaited':
    case 'SignalReceived':
    case 'SignalMatched':
      return evolveWaiting(plan, state, event)
    case 'SubSagaStarted':
    case 'SubSagaCompleted':
    case 'MapStarted':
    case 'MapCompleted':
    case 'LoopStarted':
    case 'LoopJudged':
    case 'LoopCompleted':
      return evolveUnfolding(plan, state, event)
    case 'FaultInjected':
      return withState(state, {
        injected: [...(state.injected ?? []), injectedKey(event.data.fault, event.data)],
      })
    case 'SagaCompensating': {
      const { error, steps } = event.data
      const begun = withState(state, { status: 'compensating', error, suspended: null })
      return steps.reduce<SagaState>((next, nodeId) => withCompensation(next, nodeId, {}), begun)
    }
    case 'CompensationStarted': {
      const { nodeId, attempt, input } = event.data
      const compensation = nodeState(state, nodeId).compensation
      return withCompensation(state, nodeId, {
        status: 'running',
        attempts: attempt,
        input:
          input !== undefined
            ? input
            : attempt === 1
              ? compensationContext(plan, state, nodeId)
              : (compensation?.input ?? null),
        startedAt: compensation?.startedAt ?? data.at,
        retryAt: null,
      })
    }
    case 'CompensationCompleted':
      return withCompensation(state, event.data.nodeId, {
        status: 'compensated',
        output: event.data.output,
        error: null,
        endedAt: data.at,
        retryAt: null,
      })
    case 'CompensationAttemptFailed':
      return withCompensation(state, event.data.nodeId, {
        status: 'retrying',
        error: event.data.error,
        retryAt: event.data.retryAt,
      })
    case 'CompensationFailed':
      return withCompensation(state, event.data.nodeId, {
        status: 'failed',
        error: event.data.error,
        endedAt: data.at,
        retryAt: null,
      })
    case 'SagaSuspended':
      return withState(state, {
        status: 'suspended',
        suspended: {
          reason: event.data.reason,
          nodeId: event.data.nodeId ?? null,
          resumeTo: before.status === 'compensating' ? 'compensating' : 'running',
        },
      })
    case 'SagaResumed':
      return withState(state, { status: state.suspended?.resumeTo ?? state.status, suspended: null })
    case 'OperatorActed':
      return operatorActed(plan, state, event)
    case 'SagaForked':
      return forked(state, event.data)
    case 'SagaCompleted':
      return withState(state, { status: 'completed', endedAt: data.at })
    case 'SagaCompensated':
      return withState(state, { status: 'compensated', endedAt: data.at })
    case 'SagaFailed':
      return withState(state, { status: 'failed', notUndone: event.data.notUndone, endedAt: data.at })
    default:
      return assertNever(event)
  }
}

/** What a compensation is given: its step's own input and output, the saga's error, and the data. */
export function compensationContext(plan: SagaPlan, state: SagaState, nodeId: NodePath): JsonObject {
  const node = nodeState(state, nodeId)
  const scope = plan.isNested ? (plan.place(nodeId)?.scope ?? '') : ''
  return {
    input: node.input,
    output: node.effect !== 'done' ? null : node.returned !== undefined ? node.returned : node.output,
    error: state.error && { ...state.error },
    data: dataOf(state, scope),
  }
}

function started(plan: SagaPlan, state: SagaState, data: SagaEventOf<'SagaStarted'>['data']): SagaState {
  const begun = withNode(
    withState(state, {
      status: 'running',
      mode: data.mode,
      designVersion: data.designVersion,
      seed: data.seed,
      faults: data.faults,
      input: data.input,
      data: data.input,
      startedAt: data.at,
      ...(data.breakpoints ? { breakpoints: data.breakpoints } : {}),
      ...(data.speed === undefined ? {} : { speed: data.speed }),
      ...(data.forkedFrom ? { forkedFrom: data.forkedFrom } : {}),
    }),
    plan.startId,
    { status: 'succeeded', output: data.input, startedAt: data.at, endedAt: data.at },
  )
  return releaseTokens(plan, begun, plan.startId, data.at)
}

/** The attempt was given up: the outside world may have done the work, and its answer may still come. */
function unansweredIn(
  state: SagaState,
  { nodeId, attempt }: { readonly nodeId: string; readonly attempt: number },
): Partial<NodeState> {
  const { effect, unanswered } = nodeState(state, nodeId)
  return {
    effect: effect === 'done' ? 'done' : 'unknown',
    unanswered: unanswered.includes(attempt) ? unanswered : [...unanswered, attempt],
  }
}

/** Not even `lastSeq` changes: what the attempt under way comes to is not caused by an older one's answer. */
function late(
  state: SagaState,
  { nodeId, attempt, outcome }: SagaEventOf<'StepOutcomeArrivedLate'>['data'],
): SagaState {
  const node = nodeState(state, nodeId)
  const unanswered = node.unanswered.filter((open) => open !== attempt)
  const told = changedNode(node, { late: outcome, unanswered })
  return withState(state, { nodes: withEntry(state.nodes, nodeId, told) })
}

function failed(plan: SagaPlan, state: SagaState, data: SagaEventOf<'StepFailed'>['data']): SagaState {
  const { nodeId, error, unknown, output } = data
  const node = nodeState(state, nodeId)
  const given = unknown ? unansweredIn(state, data) : {}
  const effect = output !== undefined ? 'done' : (given.effect ?? node.effect)
  const next = withNode(countRound(plan, state, nodeId), nodeId, {
    status: error.code === 'Timeout' && effect === 'unknown' ? 'timed-out' : 'failed',
    error,
    ...given,
    effect,
    ...(output !== undefined ? { output } : {}),
    startedAt: node.startedAt ?? data.at,
    endedAt: data.at,
    wakeAt: null,
  })
  // A pivot whose output expression failed has done its work all the same.
  const pivotPassed = state.pivotPassed || (effect === 'done' && plan.step(nodeId)?.kind === 'pivot')
  return withState(next, {
    pivotPassed,
    error: state.error ?? { ...error, nodeId },
    ended: effect === 'none' ? next.ended : [...next.ended, nodeId],
  })
}

/** Folds a whole stream. `replay(snapshot, rest)` equals `replay(initial, all)`: state is all there is. */
export const replay = (
  plan: SagaPlan,
  events: readonly SagaEvent[],
  from: SagaState = INITIAL_STATE,
): SagaState => events.reduce((state, event) => evolve(plan, state, event), from)
