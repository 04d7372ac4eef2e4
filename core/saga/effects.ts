import type { Action } from '../design/saga'
import type { Json, JsonObject } from '../json'
import { readyCompensations } from './compensate'
import type { Phase } from './events'
import { compensationContext } from './evolve'
import { type Fault, faultFor } from './fault'
import type { SagaPlan } from './plan'
import { nodeState, type SagaState } from './state'
import { isReady } from './tokens'

/**
 * What is asked of the outside world, as data. Effects follow from the state alone, so an engine that comes back
 * asks for exactly what is still owed. `key` tells effects of one run apart: an engine performs each key once at a time.
 */
export type Effect =
  /** Evaluate an input expression. Has no side effect; answered by `prepared`. */
  | {
      readonly type: 'prepare'
      readonly key: string
      readonly nodeId: string
      readonly phase: Phase
      readonly args: Json
    }
  /** Evaluate a choice's guards in order; answered by `chosen`. */
  | {
      readonly type: 'choose'
      readonly key: string
      readonly nodeId: string
      readonly branches: readonly string[]
      readonly data: JsonObject
    }
  /** Evaluate a wait's `until`; answered by `scheduled`. */
  | { readonly type: 'schedule'; readonly key: string; readonly nodeId: string; readonly data: JsonObject }
  /** Do the work of a step or of its compensation; answered by `outcome`, or by `timed-out` after `timeoutMs`. */
  | PerformEffect
  /** Wake the run at `at` (epoch ms); answered by `timer`. */
  | {
      readonly type: 'timer'
      readonly key: string
      readonly nodeId: string
      readonly phase: Phase
      readonly at: number
    }

export interface PerformEffect {
  readonly type: 'perform'
  readonly key: string
  readonly nodeId: string
  readonly phase: Phase
  readonly attempt: number
  readonly action: Action
  readonly input: Json
  /** The saga's data when the effect is performed, for output expressions. */
  readonly data: JsonObject
  readonly timeoutMs: number | null
  readonly fault: Fault | null
  /** `node:iteration:action|compensation`; the engine puts the run before it. The same for every attempt. */
  readonly idempotencyKey: string
}

/** Everything the run is owed by the outside world, in the order of the design's nodes. */
export function effectsOf(plan: SagaPlan, state: SagaState): readonly Effect[] {
  const effects: Effect[] = []
  const forward = state.status === 'running' && state.error === null
  const readyToUndo = state.status === 'compensating' ? readyCompensations(plan, state) : []
  for (const node of plan.order) {
    const current = nodeState(state, node.id)
    const nodeId = node.id
    if (current.status === 'running' && node.type === 'step')
      effects.push(perform(state, nodeId, 'action', node.action, node.timeoutMs))
    else if (forward && current.wakeAt !== null)
      effects.push({
        type: 'timer',
        key: `timer:${nodeId}:${current.attempts}`,
        nodeId,
        phase: 'action',
        at: current.wakeAt,
      })
    else if (forward && isReady(plan, state, nodeId)) {
      if (node.type === 'step')
        effects.push({ type: 'prepare', key: `prepare:${nodeId}`, nodeId, phase: 'action', args: state.data })
      if (node.type === 'choice')
        effects.push({
          type: 'choose',
          key: `choose:${nodeId}`,
          nodeId,
          branches: node.branches.map(({ id }) => id),
          data: state.data,
        })
      if (node.type === 'wait')
        effects.push({ type: 'schedule', key: `schedule:${nodeId}`, nodeId, data: state.data })
    }
    const { compensation } = current
    if (node.type !== 'step' || !node.compensation || !compensation) continue
    if (compensation.status === 'running')
      effects.push(
        perform(state, nodeId, 'compensation', node.compensation.action, node.compensation.timeoutMs),
      )
    else if (compensation.retryAt !== null && state.status === 'compensating')
      effects.push({
        type: 'timer',
        key: `undo-timer:${nodeId}:${compensation.attempts}`,
        nodeId,
        phase: 'compensation',
        at: compensation.retryAt,
      })
    else if (readyToUndo.includes(nodeId))
      effects.push({
        type: 'prepare',
        key: `undo-prepare:${nodeId}`,
        nodeId,
        phase: 'compensation',
        args: compensationContext(state, nodeId),
      })
  }
  return effects
}

function perform(
  state: SagaState,
  nodeId: string,
  phase: Phase,
  action: Action,
  timeoutMs: number | undefined,
): PerformEffect {
  const node = nodeState(state, nodeId)
  const half = phase === 'action' ? node : node.compensation
  const attempt = half?.attempts ?? 1
  return {
    type: 'perform',
    key: `${phase}:${nodeId}:${attempt}`,
    nodeId,
    phase,
    attempt,
    action,
    input: half?.input ?? null,
    data: state.data,
    timeoutMs: timeoutMs ?? null,
    fault: faultFor(state.faults, state.seed, { nodeId, phase, attempt }) ?? null,
    idempotencyKey: `${nodeId}:0:${phase}`,
  }
}
