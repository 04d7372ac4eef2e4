import { aggregateOfStream } from '../aggregate/handle'
import { aggregateStream } from '../aggregate/stream'
import type { Design } from '../design/document'
import type { GivenEvent } from '../design/scenario'
import { err, ok, type Result } from '../result'
import type { WorldStreams } from '../world/streams'
import type { ScenarioProblem } from './result'

/** Epoch ms at which a scenario begins that does not say when: Monday 5 January 2026, 9:00 UTC. */
export const SCENARIO_START_MS = 1_767_603_600_000
/** What comes next and does not say when comes this much later, ms. */
const STEP_MS = 60_000
/** Key of the stream of an event that names none. */
export const GIVEN_KEY = 'example'

/**
 * Puts the given events into their streams, in order.
 * @param own the stream of those that name none; without it, that of the first aggregate with such an event
 * @param prefer aggregates that are looked at first
 * @returns the time (epoch ms) after them
 */
export function putGiven(
  streams: WorldStreams,
  given: readonly GivenEvent[],
  own: string | null,
  prefer: readonly string[] = [],
): Result<number, ScenarioProblem> {
  let at = SCENARIO_START_MS
  for (const [index, event] of given.entries()) {
    const streamId = event.stream ?? own ?? ownerOf(streams.design, event.type, prefer)
    if (streamId === null)
      return err({
        code: 'GIVEN_EVENT_UNKNOWN',
        message: `No aggregate has an event "${event.type}": say in which stream given event ${index + 1} stands.`,
      })
    const owner = aggregateOfStream(streams.design, streamId)?.aggregate
    if (owner && !owner.events.some(({ name }) => name === event.type))
      return err({
        code: 'GIVEN_EVENT_UNKNOWN',
        message: `Given event ${index + 1} is "${event.type}", and ${owner.id} has no such event. It has: ${owner.events.map(({ name }) => name).join(', ') || 'none'}.`,
      })
    at = event.at ?? at
    const schemaVersion = event.version ?? (owner ? streams.versionOf(owner.id, event.type) : 1)
    streams.put({ streamId, type: event.type, data: event.data, schemaVersion, at })
    at += STEP_MS
  }
  return ok(at)
}

function ownerOf(design: Design, type: string, prefer: readonly string[]): string | null {
  const has = design.aggregates.filter(({ events }) => events.some(({ name }) => name === type))
  const owner = has.find(({ id }) => prefer.includes(id)) ?? has[0]
  return owner ? aggregateStream(owner.id, GIVEN_KEY) : null
}
