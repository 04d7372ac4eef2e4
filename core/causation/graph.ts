import { COMMANDS, runOfStream } from '../aggregate/stream'
import type { RecordedEvent } from '../log/event'

/** An event in its place among causes and effects. */
export interface CausedEvent {
  readonly event: RecordedEvent
  readonly part: 'cause' | 'self' | 'effect'
  /** The event that led to it, when that is in the graph. */
  readonly cause: RecordedEvent | null
}

/**
 * The messages that may have led to an event, the nearest first: the command that an aggregate recorded with it, in the
 * same append, and what its metadata names, which led to that command too.
 */
export function causesNamed({ designId, streamId, metadata }: RecordedEvent): readonly string[] {
  const own = `${designId}/${streamId}/`
  const { messageId, causationId } = metadata
  if (runOfStream(streamId) !== null || !messageId.startsWith(own)) return [causationId]
  const command = messageId.slice(own.length, messageId.lastIndexOf('/'))
  return [`${designId}/${COMMANDS}-${streamId}/${command}`, causationId]
}

export interface CausationFold {
  /** Ascending by position. */
  readonly events: readonly CausedEvent[]
  /** Whether there were more effects than the limit lets in. */
  readonly cut: boolean
}

/**
 * What led to an event and what followed from it, each event once. An event has one cause and stands behind it in the
 * log, so causes are a line and effects are found in one pass.
 * @param causes the line that led to it, nearest first; each the cause of the one before
 * @param after events behind it in the log, ascending, those of other stories among them or not
 * @param mostEffects effects taken at most, the earliest
 */
export function causationGraph(
  self: RecordedEvent,
  causes: readonly RecordedEvent[],
  after: readonly RecordedEvent[],
  mostEffects: number,
): CausationFold {
  const led = [...causes].reverse()
  const line = [...led, self].map(
    (event, index): CausedEvent => ({
      event,
      part: event === self ? 'self' : 'cause',
      cause: led[index - 1] ?? null,
    }),
  )
  const reached = new Map([[self.metadata.messageId, self]])
  const effects: CausedEvent[] = []
  for (const event of after) {
    const cause = causesNamed(event)
      .map((id) => reached.get(id))
      .find((one) => one !== undefined && one.position < event.position)
    if (!cause) continue
    if (effects.length >= mostEffects) return { events: [...line, ...effects], cut: true }
    reached.set(event.metadata.messageId, event)
    effects.push({ event, part: 'effect', cause })
  }
  return { events: [...line, ...effects], cut: false }
}
