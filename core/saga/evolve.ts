import type { Json, JsonObject } from '../json'
import { isJsonObject } from '../json'
import { assertNever } from '../result'
import type { SagaError, SagaEvent, SagaEventOf } from './events'
import { faultSchema } from './fault'
import type { SagaPlan } from './plan'
import {
  type CompensationState,
  INITIAL_STATE,
  type NodeState,
  nodeState,
  PENDING_COMPENSATION,
  type SagaState,
} from './state'
import { releaseTokens } from './tokens'

/** Shallow merge; a result that is not an object has no names to merge under and changes nothing. */
const merge = (data: JsonObject, patch: Json): JsonObject =>
  isJsonObject(patch) && Object.keys(patch).length > 0 ? { ...data, ...patch } : data

function withNode(state: SagaState, nodeId: string, change: Partial<NodeState>): SagaState {
  return {
    ...state,
    nodes: { ...state.nodes, [nodeId]: { ...nodeState(state, nodeId), ...change, lastSeq: state.seq } },
  }
}

function withCompensation(state: SagaState, nodeId: string, change: Partial<CompensationState>): SagaState {
  const node = nodeState(state, nodeId)
  const compensation = { ...(node.compensation ?? PENDING_COMPENSATION), ...change, lastSeq: state.seq }
  return { ...state, nodes: { ...state.nodes, [nodeId]: { ...node, compensation } } }
}

/**
 * The state after one more event. Total: it accepts whatever `decide` gave, in that order, and never refuses.
 * @param plan the design version the run pinned
 */
export function evolve(plan: SagaPlan, before: SagaState, event: SagaEvent): SagaState {
  const state: SagaState = { ...before, seq: before.seq + 1 }
  const { data } = event
  switch (event.type) {
    case 'SagaStarted':
      return started(plan, state, event.data)
    case 'StepStarted': {
      const { nodeId, attempt, input } = event.data
      const node = nodeState(state, nodeId)
      const first = attempt === 1 && node.attempts === 0
      return withNode(state, nodeId, {
        status: 'running',
        attempts: attempt,
        input: input !== undefined ? input : first ? state.data : node.input,
        startedAt: node.startedAt ?? data.at,
        wakeAt: null,
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
      const merged = {
        ...done,
        data: merge(done.data, patch ?? output),
        ended: [...done.ended, nodeId],
        pivotPassed: done.pivotPassed || plan.step(nodeId)?.kind === 'pivot',
      }
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
      const { nodeId, output } = event.data
      const skipped = withNode(state, nodeId, { status: 'skipped', output, endedAt: data.at, wakeAt: null })
      // A pivot that may have done its work is behind us, whoever says so.
      const pivotPassed =
        state.pivotPassed ||
        (plan.step(nodeId)?.kind === 'pivot' && nodeState(state, nodeId).effect !== 'none')
      const merged = {
        ...skipped,
        pivotPassed,
        data: merge(skipped.data, output),
        error: cleared(skipped, nodeId),
      }
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
      return releaseTokens(
        plan,
        withNode(state, event.data.nodeId, { status: 'succeeded', endedAt: data.at, wakeAt: null }),
        event.data.nodeId,
        data.at,
      )
    case 'SagaCompensating': {
      const { error, steps } = event.data
      const begun = { ...state, status: 'compensating' as const, error, suspended: null }
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
              ? compensationContext(state, nodeId)
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
      return {
        ...state,
        status: 'suspended',
        suspended: {
          reason: event.data.reason,
          nodeId: event.data.nodeId ?? null,
          resumeTo: before.status === 'compensating' ? 'compensating' : 'running',
        },
      }
    case 'SagaResumed':
      return { ...state, status: state.suspended?.resumeTo ?? state.status, suspended: null }
    case 'OperatorActed':
      return operatorActed(state, event)
    case 'SagaCompleted':
      return { ...state, status: 'completed', endedAt: data.at }
    case 'SagaCompensated':
      return { ...state, status: 'compensated', endedAt: data.at }
    case 'SagaFailed':
      return { ...state, status: 'failed', notUndone: event.data.notUndone, endedAt: data.at }
    default:
      return assertNever(event)
  }
}

/** What a compensation is given: its step's own input and output, the saga's error, and the data. */
export function compensationContext(state: SagaState, nodeId: string): JsonObject {
  const node = nodeState(state, nodeId)
  return {
    input: node.input,
    output: node.effect === 'done' ? node.output : null,
    error: state.error && { ...state.error },
    data: state.data,
  }
}

function started(plan: SagaPlan, state: SagaState, data: SagaEventOf<'SagaStarted'>['data']): SagaState {
  const begun = withNode(
    {
      ...state,
      status: 'running',
      mode: data.mode,
      designVersion: data.designVersion,
      seed: data.seed,
      faults: data.faults,
      input: data.input,
      data: data.input,
      startedAt: data.at,
    },
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
  return { ...state, nodes: { ...state.nodes, [nodeId]: { ...node, late: outcome, unanswered } } }
}

function failed(plan: SagaPlan, state: SagaState, data: SagaEventOf<'StepFailed'>['data']): SagaState {
  const { nodeId, error, unknown, output } = data
  const node = nodeState(state, nodeId)
  const given = unknown ? unansweredIn(state, data) : {}
  const effect = output !== undefined ? 'done' : (given.effect ?? node.effect)
  const next = withNode(state, nodeId, {
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
  return {
    ...next,
    pivotPassed,
    error: state.error ?? { ...error, nodeId },
    ended: effect === 'none' ? next.ended : [...next.ended, nodeId],
  }
}

/** The saga's error once a person has dealt with this node's: that of another failed node, or none. */
function cleared(state: SagaState, nodeId: string | null): SagaError | null {
  if (state.error?.nodeId !== nodeId) return state.error
  const other = Object.entries(state.nodes).find(
    ([id, node]) => id !== nodeId && (node.status === 'failed' || node.status === 'timed-out'),
  )
  return other?.[1].error ? { ...other[1].error, nodeId: other[0] } : null
}

function operatorActed(state: SagaState, event: SagaEventOf<'OperatorActed'>): SagaState {
  const { action, nodeId, detail, reason } = event.data
  switch (action) {
    case 'cancel':
    case 'compensate':
      return {
        ...state,
        error: state.error ?? {
          code: 'Cancelled',
          message: reason ?? 'cancelled by a person',
          kind: 'business',
          nodeId: null,
        },
      }
    case 'resume':
      // Only a paused run resumes, or one whose cancel came too late: then it is as if it had not been asked.
      return state.error?.nodeId === null && state.suspended?.reason !== 'paused'
        ? { ...state, error: cleared(state, null) }
        : state
    case 'retry':
      // A new attempt: the numbers go on, the earlier ones stay in the log.
      return nodeId === undefined
        ? state
        : {
            ...withNode(state, nodeId, { status: 'pending', error: null, endedAt: null }),
            error: cleared(state, nodeId),
          }
    case 'add-fault': {
      const fault = faultSchema.safeParse(detail)
      return fault.success ? { ...state, faults: [...state.faults, fault.data] } : state
    }
    case 'set-data':
      return isJsonObject(detail) ? { ...state, data: detail } : state
    default:
      return state
  }
}

/** Folds a whole stream. `replay(snapshot, rest)` equals `replay(initial, all)`: state is all there is. */
export const replay = (
  plan: SagaPlan,
  events: readonly SagaEvent[],
  from: SagaState = INITIAL_STATE,
): SagaState => events.reduce((state, event) => evolve(plan, state, event), from)
