import { MessageIdReusedError } from '@/core/log/errors'
import type { RecordedEvent, StreamAppend } from '@/core/log/event'

/** Every message id of an append, in order. */
export function messageIds(appends: readonly StreamAppend[]): readonly string[] {
  const ids: string[] = []
  for (const { events } of appends) for (const { metadata } of events) ids.push(metadata.messageId)
  return ids
}

/** The first id that is there twice. */
export function messageTwice(ids: readonly string[]): string | null {
  if (ids.length < 2) return null
  const seen = new Set<string>()
  for (const id of ids) {
    if (seen.has(id)) return id
    seen.add(id)
  }
  return null
}

/**
 * Judges an append against what the log already holds of it.
 * @param recorded the events in the log that carry one of its message ids, by message id
 * @returns the events as first recorded when all of them are there; null when none is
 * @throws {MessageIdReusedError} when only some are, or when one is of another stream or type
 */
export function repeatedEvents(
  appends: readonly StreamAppend[],
  recorded: ReadonlyMap<string, RecordedEvent>,
): readonly RecordedEvent[] | null {
  if (recorded.size === 0) return null
  const events: RecordedEvent[] = []
  for (const append of appends) {
    for (const { type, metadata } of append.events) {
      const first = recorded.get(metadata.messageId)
      if (!first) throw new MessageIdReusedError([...recorded.keys()][0] ?? metadata.messageId)
      const same = first.designId === append.designId && first.streamId === append.streamId
      if (!same || first.type !== type) throw new MessageIdReusedError(metadata.messageId)
      events.push(first)
    }
  }
  return events
}
