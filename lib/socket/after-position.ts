import type { TopicEvents } from '@/core/protocol'

/**
 * The part of a message that somebody at `position` has not seen. Runs and streams number every event, so it is
 * exact; the other topics tell of rows as they are now, and there a message is taken whole or not at all.
 */
export function afterPosition(message: TopicEvents, position: number): readonly unknown[] {
  if (!message.topic.startsWith('run:') && !message.topic.startsWith('stream:')) return message.events
  return message.events.filter((event) => versionOf(event) > position)
}

const versionOf = (event: unknown): number =>
  typeof event === 'object' && event !== null && 'version' in event && typeof event.version === 'number'
    ? event.version
    : Number.POSITIVE_INFINITY
