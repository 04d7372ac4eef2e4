import { asJson, isJsonObject, type Json } from '../json'
import { ok, type Result } from '../result'
import { decide } from './decide'
import type { DecidedEvent, SagaEvent, SagaEventData } from './events'
import { evolve, replay } from './evolve'
import type { NodePath } from './path'
import type { SagaPlan } from './plan'
import { INITIAL_STATE, nodeState } from './state'
import type { SagaRejection } from './stimulus'

/** Where a fork comes from, and what is other in it. */
export interface Fork {
  /** The other run. */
  readonly from: string
  /** Events that are taken over, as `forkPoint` gives it. */
  readonly seq: number
  /** The new run. */
  readonly runId: string
  readonly designVersion: number
  /** Its `at` is epoch ms on the new run's clock. */
  readonly changes: SagaEventData['SagaForked']
}

/** Events that one decision gives together and that make no sense apart: what stands first is not left alone. */
const FOLLOWED: Partial<Readonly<Record<SagaEvent['type'], readonly SagaEvent['type'][]>>> = {
  StepTimedOut: ['StepFailed'],
  ApprovalDecided: ['StepFailed'],
  SignalAwaited: ['SignalMatched'],
  StepSkipped: ['SagaResumed'],
  OperatorActed: [
    'SagaSuspended',
    'SagaResumed',
    'StepSkipped',
    'StepStarted',
    'StepFailed',
    'SagaCompensating',
  ],
}

/**
 * The last event that a fork at `seq` takes over: that one, and what belongs to it. Every other cut is sound: `decide`
 * begins what the cut decision would have begun.
 * @param seq 1-based
 */
export function forkPoint(events: readonly SagaEvent[], seq: number): number {
  let last = Math.min(Math.max(seq, 1), events.length)
  for (;;) {
    const event = events[last - 1]
    const next = events[last]
    if (!event || !next || next.data.at !== event.data.at) return last
    if (!FOLLOWED[event.type]?.includes(next.type)) return last
    last += 1
  }
}

/**
 * All that a fork begins with, to be appended in one piece: the events of another run up to a moment under its own
 * start, then what is other in it, then what follows from that. What was in flight is owed by `effectsOf` as ever, and
 * so performed again, under the keys of the new run.
 * @param plan of the version that the new run pins; when that is another than the first run's, `rehearse` says whether
 *   it may
 * @returns RUN_ENDED when there is nothing left to go on with
 * @see docs/semantics.md#fork
 */
export function forkEvents(
  plan: SagaPlan,
  events: readonly DecidedEvent[],
  { from, seq, runId, designVersion, changes }: Fork,
): Result<readonly DecidedEvent[], SagaRejection> {
  const taken = events.slice(0, seq).map((recorded): DecidedEvent => {
    const event = renamedIn(recorded, from, runId)
    if (event.type !== 'SagaStarted') return event
    return { ...event, data: { ...event.data, designVersion, forkedFrom: { runId: from, seq } } }
  })
  const own = renamed(asJson(changes), from, runId) as unknown as SagaEventData['SagaForked']
  const decided = decide(plan, replay(plan, taken), { type: 'fork', ...own })
  return decided.ok ? ok([...taken, ...decided.value]) : decided
}

const renamedIn = (event: DecidedEvent, from: string, to: string): DecidedEvent =>
  ({ ...event, data: renamed(asJson(event.data), from, to) }) as unknown as DecidedEvent

/**
 * The value with the run's id wherever it stands by itself. What a run owns carries its id (the key of its order, say),
 * and a fork has its own copy of it under its own id.
 */
export function renamed(value: Json, from: string, to: string): Json {
  if (value === from) return to
  if (Array.isArray(value)) return value.map((item) => renamed(item, from, to))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renamed(item, from, to)]))
}

/**
 * The last event before what failed began: forked there, a mended step begins anew, its input and its policy included.
 * What failed is what the run reports, not what a person has dealt with. A cancel counts as a failure.
 * @returns null when the run has not failed
 */
export function beforeFailure(plan: SagaPlan, events: readonly SagaEvent[]): number | null {
  let state = INITIAL_STATE
  let failed: { readonly seq: number; readonly nodeId: NodePath | null } | null = null
  /** The last event before each node began, for the last time that it did. */
  const begins = new Map<NodePath, number>()
  for (const event of events) {
    const before = state
    state = evolve(plan, state, event)
    const nodeId = 'nodeId' in event.data ? (event.data.nodeId ?? null) : null
    if (nodeId !== null && nodeState(before, nodeId).status === 'pending') begins.set(nodeId, before.seq)
    if (state.error === null) failed = null
    else if (before.error?.nodeId !== state.error.nodeId || before.error === null)
      failed = { seq: before.seq, nodeId: state.error.nodeId }
  }
  if (failed === null) return null
  const { seq, nodeId } = failed
  const began = nodeId !== null && beginsAnew(plan, nodeId) ? begins.get(nodeId) : undefined
  return Math.max(1, Math.min(seq, began ?? seq))
}

/** A saga, a map or a loop keeps what it has done: only what went wrong at last is done anew. */
function beginsAnew(plan: SagaPlan, nodeId: NodePath): boolean {
  const type = plan.node(nodeId)?.type
  return type !== 'saga' && type !== 'map' && type !== 'loop'
}
