import type { Json } from '../json'
import { assertNever } from '../result'
import { countRound, mergeFrom, withNode } from './change'
import { withEntry, withState } from './copy'
import type { SagaEventOf } from './events'
import { joinPath, type NodePath } from './path'
import { isRounds, type SagaPlan } from './plan'
import { asSagaInput, defaultInput, resultOf } from './rounds'
import { dataOf, nodeState, type RoundsState, type SagaState } from './state'
import { releaseTokens } from './tokens'

type UnfoldingEvent = SagaEventOf<
  | 'SubSagaStarted'
  | 'SubSagaCompleted'
  | 'MapStarted'
  | 'MapCompleted'
  | 'LoopStarted'
  | 'LoopJudged'
  | 'LoopCompleted'
>

const NO_ROUNDS: RoundsState = { items: null, begun: 0, judged: 0, done: false }

/** The state after an event about a node that runs others: a saga within the saga, a map, a loop. */
export function evolveUnfolding(plan: SagaPlan, state: SagaState, event: UnfoldingEvent): SagaState {
  const { at, nodeId } = event.data
  switch (event.type) {
    case 'SubSagaStarted':
      return enter(plan, state, event.data)
    case 'SubSagaCompleted': {
      const result = dataOf(state, nodeId)
      return ended(plan, state, nodeId, result, event.data.patch ?? result, at)
    }
    case 'MapStarted':
      return begun(state, nodeId, { ...NO_ROUNDS, items: event.data.items }, at)
    case 'LoopStarted':
      return begun(state, nodeId, NO_ROUNDS, at)
    case 'LoopJudged': {
      const { rounds } = nodeState(state, nodeId)
      const { round, done } = event.data
      return rounds ? withNode(state, nodeId, { rounds: { ...rounds, judged: round + 1, done } }) : state
    }
    case 'MapCompleted':
    case 'LoopCompleted': {
      const place = plan.place(nodeId)
      const result = place && isRounds(place.node) ? resultOf(state, nodeId, place.node) : null
      const patch =
        event.data.patch ?? (event.type === 'MapCompleted' ? { [place?.nodeId ?? nodeId]: result } : result)
      return ended(plan, state, nodeId, result, patch, at)
    }
    default:
      return assertNever(event)
  }
}

const begun = (state: SagaState, nodeId: NodePath, rounds: RoundsState, at: number): SagaState =>
  withNode(state, nodeId, { status: 'running', startedAt: at, rounds })

function ended(
  plan: SagaPlan,
  state: SagaState,
  nodeId: NodePath,
  output: Json,
  patch: Json,
  at: number,
): SagaState {
  const done = withNode(state, nodeId, { status: 'succeeded', output, error: null, endedAt: at })
  return releaseTokens(plan, mergeFrom(plan, done, nodeId, patch), nodeId, at)
}

/** The saga within begins as a run does: its start is through, and what follows it may begin. */
function enter(
  plan: SagaPlan,
  state: SagaState,
  { nodeId, input: computed, at }: SagaEventOf<'SubSagaStarted'>['data'],
): SagaState {
  const input = computed ?? asSagaInput(defaultInput(plan, state, nodeId))
  const running = withNode(countRound(plan, state, nodeId), nodeId, {
    status: 'running',
    input,
    startedAt: at,
  })
  const scoped = withState(running, {
    scopes: withEntry(running.scopes ?? {}, nodeId, { input, data: input }),
  })
  const graph = plan.graph(nodeId)
  if (!graph) return scoped
  const start = joinPath(nodeId, graph.startId)
  const entered = withNode(scoped, start, {
    status: 'succeeded',
    output: input,
    startedAt: at,
    endedAt: at,
  })
  return releaseTokens(plan, entered, start, at)
}
