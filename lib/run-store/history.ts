import type { EventAnswer } from '@/core/protocol'
import { evolve, INITIAL_STATE, type SagaEvent, type SagaPlan, type SagaState } from '@/core/saga'

/** One event of a run as the page keeps it: `seq` is its number in the run, 1-based. */
export interface RunEvent {
  readonly seq: number
  /** Where it stands in the log. */
  readonly position: number
  /** Epoch ms on the run's own clock: the wall's, or the virtual one. */
  readonly at: number
  readonly event: SagaEvent
  readonly metadata: EventAnswer['metadata']
  /** Epoch ms on the wall clock of the server. */
  readonly recordedAt: number
}

/** All that is known of a run. `states[seq]` is the state after event `seq`; `states[0]` the one before any. */
export interface RunHistory {
  readonly plan: SagaPlan
  readonly events: readonly RunEvent[]
  readonly states: readonly SagaState[]
}

export const emptyHistory = (plan: SagaPlan): RunHistory => ({ plan, events: [], states: [INITIAL_STATE] })

/** Number of the last event known. */
export const headOf = (history: RunHistory): number => history.events.length

/** The state after event `seq`; the nearest one when there is no such event. */
export function stateAt(history: RunHistory, seq: number): SagaState {
  const index = Math.min(Math.max(seq, 0), headOf(history))
  return history.states[index] ?? INITIAL_STATE
}

/**
 * The history with more events folded in. What is known already is passed over, so that a repeat changes nothing.
 * States share what did not change, so keeping one per event is cheap and every place of the cursor is at hand.
 * @param answers ascending by version
 * @returns the same object when nothing was new; null when an event is missing in between
 */
export function extend(history: RunHistory, answers: readonly EventAnswer[]): RunHistory | null {
  const fresh = answers.filter(({ version }) => version > headOf(history))
  if (fresh.length === 0) return history
  const events = [...history.events]
  const states = [...history.states]
  for (const answer of fresh) {
    if (answer.version !== events.length + 1) return null
    const entry = toRunEvent(answer)
    events.push(entry)
    states.push(evolve(history.plan, states.at(-1) ?? INITIAL_STATE, entry.event))
  }
  return { plan: history.plan, events, states }
}

function toRunEvent(answer: EventAnswer): RunEvent {
  // The server wrote it with the same core that reads it here; there is no second schema of it to check against.
  const event = { type: answer.type, data: answer.data } as unknown as SagaEvent
  return {
    seq: answer.version,
    position: answer.position,
    at: event.data.at,
    event,
    metadata: answer.metadata,
    recordedAt: answer.recordedAt,
  }
}

/** The event that led to this one, if it is of this run. */
export function causeOf(history: RunHistory, event: RunEvent): RunEvent | undefined {
  const { causationId, messageId } = event.metadata
  if (causationId === messageId) return undefined
  return history.events.find((other) => other.metadata.messageId === causationId)
}

/** The node an event is about, or null when it is about the run as a whole. */
export function nodeOf({ event }: RunEvent): string | null {
  return 'nodeId' in event.data ? (event.data.nodeId ?? null) : null
}

/** The event that made the run a fork of another; those before it were taken over. */
export const lastForkOf = (events: readonly RunEvent[]): RunEvent | undefined =>
  events.findLast(({ event }) => event.type === 'SagaForked')

/**
 * When the run began, as of one of its events: a fork when it was made, since what came before happened elsewhere.
 * @returns epoch ms on the run's clock; null before the first event
 */
export const begunAt = ({ events }: RunHistory, seq: number): number | null =>
  (lastForkOf(events.slice(0, seq)) ?? events[0])?.at ?? null
