import { asJson, sameJson } from '../json'
import { decide } from './decide'
import type { DecidedEvent, SagaEvent } from './events'
import { evolve } from './evolve'
import { stimulusBehind } from './infer'
import type { SagaPlan } from './plan'
import { INITIAL_STATE, type SagaState } from './state'

/** Where a run would have gone another way. */
export interface Divergence {
  /** Number of the first event that would not have happened as it did. */
  readonly seq: number
  readonly recorded: SagaEvent
  /** What would have happened instead; null when nothing would, or it would have been refused. */
  readonly instead: SagaEvent | null
  readonly why: string
}

/**
 * Plays a recorded run against a plan, perhaps another version's: what came from outside (outcomes, what expressions
 * and guards gave, timers, people) is taken from the record, and what follows from it is decided anew. Code is not run.
 * @param events one run's, from its beginning; a fork's are taken as they are up to where it was forked
 * @returns the first event that differs, or null when the run would be the same
 */
export function rehearse(plan: SagaPlan, events: readonly SagaEvent[]): Divergence | null {
  let state = INITIAL_STATE
  for (let at = 0; at < events.length; ) {
    const recorded = events[at]
    if (!recorded) break
    if (at < takenOver(events)) {
      state = evolve(plan, state, recorded)
      at += 1
      continue
    }
    const decided = decide(plan, state, stimulusBehind(plan, state, recorded, events[at + 1]))
    if (!decided.ok) {
      const why = 'message' in decided.error ? decided.error.message : decided.error.code
      return { seq: at + 1, recorded, instead: null, why }
    }
    const wrong = firstDifference(decided.value, events, at)
    if (wrong) return wrong
    if (decided.value.length === 0)
      return { seq: at + 1, recorded, instead: null, why: `${recorded.type} would not happen` }
    state = decided.value.reduce<SagaState>((next, event) => evolve(plan, next, event), state)
    at += decided.value.length
  }
  return null
}

/** Of a fork: the events that it took over, and the edit of its data. */
function takenOver(events: readonly SagaEvent[]): number {
  const [first] = events
  const seq = first?.type === 'SagaStarted' ? (first.data.forkedFrom?.seq ?? 0) : 0
  const edit = events[seq]
  return seq > 0 && edit?.type === 'OperatorActed' && edit.data.action === 'set-data' ? seq + 1 : seq
}

function firstDifference(
  decided: readonly DecidedEvent[],
  events: readonly SagaEvent[],
  from: number,
): Divergence | null {
  for (const [index, { cause: _cause, ...event }] of decided.entries()) {
    const recorded = events[from + index]
    // The record ends in the middle of a decision: what it has of it is the same.
    if (!recorded) return null
    if (event.type === recorded.type && sameJson(asJson(event.data), asJson(recorded.data))) continue
    const why =
      event.type === recorded.type
        ? `${recorded.type} would say something else`
        : `${event.type} would happen instead of ${recorded.type}`
    return { seq: from + index + 1, recorded, instead: event as SagaEvent, why }
  }
  return null
}
