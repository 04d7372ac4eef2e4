import type { TopicEvents } from '@/core/protocol'

/**
 * The part of a message that somebody at `position` has not seen. Runs and streams number every event, so it is
 * exact, and a design's log has positions; the other topics tell of rows as they are now, and there a message is taken
 * whole or not at all.
 */
export function afterPosition(message: TopicEvents, position: number): readonly unknown[] {
  const place = placeIn(message.topic)
  if (place === null) return message.events
  return message.events.filter((event) => numberOf(event, place) > position)
}

/** The member that says where an event stands in its topic. */
function placeIn(topic: string): 'version' | 'position' | null {
  if (topic.startsWith('log:')) return 'position'
  return topic.startsWith('run:') || topic.startsWith('stream:') ? 'version' : null
}

function numberOf(event: unknown, member: string): number {
  const value = typeof event === 'object' && event !== null ? Reflect.get(event, member) : undefined
  return typeof value === 'number' ? value : Number.POSITIVE_INFINITY
}
