import { asJson, isJsonObject, type Json, type JsonObject } from '../json'
import type { RunMode, SagaEvent } from './events'
import type { Fault } from './fault'

/** What is other in a fork than in the run it comes from. */
export interface ForkChanges {
  readonly runId: string
  readonly designVersion: number
  /** In place of the run's; those that people added on the way stand in its events. */
  readonly faults?: readonly Fault[]
  readonly seed?: string
  readonly mode?: RunMode
  /** In place of the data at that moment. */
  readonly data?: JsonObject
  readonly by: string
  readonly reason?: string
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
 * The last event that a fork at `seq` takes over: that one, and what belongs to it.
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
 * What a fork begins with: the events of another run up to a moment, under its own start, and the edit of its data. It
 * goes on from there by itself: what was in flight is performed again, under the keys of the new run.
 * @param from the id of the other run
 * @param seq as `forkPoint` gives it
 */
export function forkEvents(
  events: readonly SagaEvent[],
  from: string,
  seq: number,
  changes: ForkChanges,
): readonly SagaEvent[] {
  const { faults, seed, mode, data, by, reason, designVersion } = changes
  const taken = events.slice(0, seq).map((recorded): SagaEvent => {
    const event = {
      ...recorded,
      data: renamed(asJson(recorded.data), from, changes.runId),
    } as unknown as SagaEvent
    if (event.type !== 'SagaStarted') return event
    return {
      type: 'SagaStarted',
      data: {
        ...event.data,
        designVersion,
        faults: faults ?? event.data.faults,
        seed: seed ?? event.data.seed,
        mode: mode ?? event.data.mode,
        forkedFrom: { runId: from, seq },
      },
    }
  })
  const at = taken.at(-1)?.data.at ?? 0
  const why = reason === undefined ? {} : { reason }
  const edit: readonly SagaEvent[] =
    data === undefined
      ? []
      : [{ type: 'OperatorActed', data: { action: 'set-data', by, ...why, detail: { data }, at } }]
  return [...withoutAddedFaults(taken, faults), ...edit]
}

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

/** Faults that are given anew take the place of those that people added on the way, too; the numbers stay. */
function withoutAddedFaults(
  events: readonly SagaEvent[],
  faults: readonly Fault[] | undefined,
): readonly SagaEvent[] {
  if (faults === undefined) return events
  return events.map((event) => {
    if (event.type !== 'OperatorActed' || event.data.action !== 'add-fault') return event
    const { detail: _detail, ...data } = event.data
    return { type: 'OperatorActed', data }
  })
}
