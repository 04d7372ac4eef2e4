import { createTopicSocket, type TopicSocket } from './topic-socket'

let shared: TopicSocket | undefined

/**
 * Follows a topic over the one connection of this page.
 * @param topic `run:{id}`, `runs:{designId}`, `log:{designId}`, `stream:{designId}/{streamId}` or
 *   `projection:{designId}/{name}`
 * @param after the position the caller has: what comes is everything behind it, each event once
 * @param onState false while the connection is lost; it comes back by itself and says where it was
 * @param onRefused the server will not serve this topic (`TOPIC_NOT_FOUND`, `TOO_MANY_SUBSCRIPTIONS`)
 * @returns what ends the subscription
 * @example useEffect(() => subscribeTopic<EventAnswer>(`run:${id}`, seq, (events) => add(events)), [id])
 */
export function subscribeTopic<E>(
  topic: string,
  after: number,
  onEvents: (events: readonly E[], position: number) => void,
  onState?: (connected: boolean) => void,
  onRefused?: (code: string, message: string) => void,
): () => void {
  shared ??= createTopicSocket()
  return shared.subscribe(topic, after, {
    onEvents: (events, position) => onEvents(events as readonly E[], position),
    ...(onState ? { onState } : {}),
    ...(onRefused ? { onRefused } : {}),
  })
}
