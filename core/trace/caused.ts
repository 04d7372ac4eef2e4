import { aggregateStream } from '../aggregate/stream'
import { isJsonObject, type Json } from '../json'
import type { CausedEvents } from './span'

/**
 * What a command led to, read from the output that the step has of it: an attempt whose answer was lost may have led to
 * events as well, and its run does not know.
 */
export function causedBy(output: Json): CausedEvents | null {
  if (!isJsonObject(output)) return null
  const { aggregate, key, version, events } = output
  if (typeof aggregate !== 'string' || typeof key !== 'string' || typeof version !== 'number') return null
  if (!Array.isArray(events)) return null
  const types = events.map((event) => (isJsonObject(event) ? String(event.type) : ''))
  const fromVersion = types.length === 0 ? version : version - types.length + 1
  return { aggregate, key, streamId: aggregateStream(aggregate, key), fromVersion, toVersion: version, types }
}
