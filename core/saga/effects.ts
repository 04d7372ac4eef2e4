import type { Action } from '../design/saga'
import type { Json, JsonObject } from '../json'
import { isToBeJudged } from './advance'
import { readyCompensations } from './compensate'
import { isCollecting } from './decide'
import type { Phase } from './events'
import { compensationContext } from './evolve'
import { type Fault, faultFor } from './fault'
import { isHeld, isUndoHeld } from './gate'
import { type NodePath, parentPath } from './path'
import { isRounds, type SagaPlan } from './plan'
import { loopData, resultOf, roundArgs } from './rounds'
import { dataOf, type NodeState, nodeState, type SagaState } from './state'
import { isReady } from './tokens'
import { nodesOf } from './unfold'

/**
 * What is asked of the outside world, as data. Effects follow from the state alone, so an engine that comes back
 * asks for exactly what is still owed. `key` tells effects of one run apart: an engine performs each key once at a time.
 */
export type Effect =
  /** Evaluate an input expression with these arguments. Has no side effect; answered by `prepared`. */
  | {
      readonly type: 'prepare'
      readonly key: string
      readonly nodeId: NodePath
      readonly phase: Phase
      readonly args: readonly Json[]
    }
  /** Evaluate a choice's guards in order; answered by `chosen`. */
  | {
      readonly type: 'choose'
      readonly key: string
      readonly nodeId: NodePath
      readonly branches: readonly string[]
      readonly data: JsonObject
    }
  /** Evaluate a wait's `until`; answered by `scheduled`. */
  | { readonly type: 'schedule'; readonly key: string; readonly nodeId: NodePath; readonly data: JsonObject }
  /** List a map's items; answered by `listed`. */
  | { readonly type: 'list'; readonly key: string; readonly nodeId: NodePath; readonly data: JsonObject }
  /** Ask a loop's condition; answered by `judged`. */
  | {
      readonly type: 'judge'
      readonly key: string
      readonly nodeId: NodePath
      readonly round: number
      readonly data: JsonObject
    }
  /** Make a patch of what a saga, a map or a loop returned; answered by `collected`. */
  | {
      readonly type: 'collect'
      readonly key: string
      readonly nodeId: NodePath
      readonly result: Json
      readonly data: JsonObject
    }
  /** Do the work of a step or of its compensation; answered by `outcome`, or by `timed-out` after `timeoutMs`. */
  | PerformEffect
  /** Wake the run at `at` (epoch ms); answered by `timer`. */
  | {
      readonly type: 'timer'
      readonly key: string
      readonly nodeId: NodePath
      readonly phase: Phase
      readonly at: number
    }

export interface PerformEffect {
  readonly type: 'perform'
  readonly key: string
  readonly nodeId: NodePath
  readonly phase: Phase
  readonly attempt: number
  readonly action: Action
  readonly input: Json
  /** The saga's data when the effect is performed, for output expressions. */
  readonly data: JsonObject
  readonly timeoutMs: number | null
  readonly fault: Fault | null
  /** `node:round:action|compensation`; the engine puts the run before it. The same for every attempt. */
  readonly idempotencyKey: string
}

/** Everything the run is owed by the outside world, in the order of the design's nodes. */
export function effectsOf(plan: SagaPlan, state: SagaState): readonly Effect[] {
  const effects: Effect[] = []
  const forward = state.status === 'running' && state.error === null
  const readyToUndo = state.status === 'compensating' ? readyCompensations(plan, state) : []
  for (const nodeId of nodesOf(plan, state)) {
    const current = nodeState(state, nodeId)
    const action = actionEffect(plan, state, nodeId, current, forward)
    if (action) effects.push(action)
    const undo = current.compensation && undoEffect(plan, state, nodeId, current, readyToUndo)
    if (undo) effects.push(undo)
  }
  return effects
}

function actionEffect(
  plan: SagaPlan,
  state: SagaState,
  nodeId: NodePath,
  current: NodeState,
  forward: boolean,
): Effect | undefined {
  const node = plan.node(nodeId)
  if (node?.type === 'step' && current.status === 'running')
    return perform(plan, state, nodeId, 'action', node.action, node.timeoutMs)
  if (!forward || !node) return undefined
  if (current.wakeAt !== null)
    return {
      type: 'timer',
      key: `timer:${nodeId}:${current.attempts}`,
      nodeId,
      phase: 'action',
      at: current.wakeAt,
    }
  if (current.status === 'running') return concludingEffect(plan, state, nodeId)
  if (isReady(plan, state, nodeId) && !isHeld(state, nodeId)) return beginningEffect(plan, state, nodeId)
  return undefined
}

/** What a node has to have evaluated before it begins. Those that need nothing have begun already. */
function beginningEffect(plan: SagaPlan, state: SagaState, nodeId: NodePath): Effect | undefined {
  const node = plan.node(nodeId)
  const data = scopeData(plan, state, nodeId)
  switch (node?.type) {
    case 'step':
    case 'saga': {
      const place = plan.isNested ? plan.place(nodeId) : undefined
      const args = place && place.round !== null ? roundArgs(plan, state, place) : [data]
      return { type: 'prepare', key: `prepare:${nodeId}`, nodeId, phase: 'action', args }
    }
    case 'choice':
      return {
        type: 'choose',
        key: `choose:${nodeId}`,
        nodeId,
        branches: node.branches.map(({ id }) => id),
        data,
      }
    case 'wait':
      return { type: 'schedule', key: `schedule:${nodeId}`, nodeId, data }
    case 'map':
      return { type: 'list', key: `list:${nodeId}`, nodeId, data }
    default:
      return undefined
  }
}

function concludingEffect(plan: SagaPlan, state: SagaState, nodeId: NodePath): Effect | undefined {
  const node = plan.node(nodeId)
  if (!node) return undefined
  if (isToBeJudged(state, nodeId, node)) {
    const round = (nodeState(state, nodeId).rounds?.begun ?? 0) - 1
    const data = loopData(plan, state, nodeId)
    return { type: 'judge', key: `judge:${nodeId}:${round}`, nodeId, round, data }
  }
  if (!isCollecting({ plan, state }, nodeId, node)) return undefined
  const result = isRounds(node) ? resultOf(state, nodeId, node) : dataOf(state, nodeId)
  return { type: 'collect', key: `collect:${nodeId}`, nodeId, result, data: scopeData(plan, state, nodeId) }
}

function undoEffect(
  plan: SagaPlan,
  state: SagaState,
  nodeId: NodePath,
  { compensation }: NodeState,
  readyToUndo: readonly NodePath[],
): Effect | undefined {
  const step = plan.step(nodeId)
  if (!step?.compensation || !compensation) return undefined
  if (compensation.status === 'running')
    return perform(plan, state, nodeId, 'compensation', step.compensation.action, step.compensation.timeoutMs)
  if (compensation.retryAt !== null && state.status === 'compensating')
    return {
      type: 'timer',
      key: `undo-timer:${nodeId}:${compensation.attempts}`,
      nodeId,
      phase: 'compensation',
      at: compensation.retryAt,
    }
  if (!readyToUndo.includes(nodeId) || isUndoHeld(state, nodeId)) return undefined
  return {
    type: 'prepare',
    key: `undo-prepare:${nodeId}`,
    nodeId,
    phase: 'compensation',
    args: [compensationContext(plan, state, nodeId)],
  }
}

const scopeData = (plan: SagaPlan, state: SagaState, nodeId: NodePath): JsonObject =>
  plan.isNested ? dataOf(state, plan.place(nodeId)?.scope ?? '') : state.data

function perform(
  plan: SagaPlan,
  state: SagaState,
  nodeId: NodePath,
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
    data: scopeData(plan, state, nodeId),
    timeoutMs: timeoutMs ?? null,
    fault: faultFor(state.faults, state.seed, { nodeId, phase, attempt }, state.injected) ?? null,
    idempotencyKey: idempotencyKey(plan, nodeId, phase),
  }
}

/** A round's number stands by itself; a node that is no round is in its 0th. */
function idempotencyKey(plan: SagaPlan, nodeId: NodePath, phase: Phase): string {
  const round = plan.isNested ? (plan.place(nodeId)?.round ?? null) : null
  return round === null ? `${nodeId}:0:${phase}` : `${parentPath(nodeId)}:${round}:${phase}`
}
