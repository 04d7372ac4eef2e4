import { eventAnswer } from '../../queries/events'
import type { EventStore } from '../../store/contract'
import type { TopicSource } from './source'

/** Events read at once for somebody who catches up: a page is one message. */
const PAGE = 250

/** One stream's events by version. A stream may be listened to before it has any. */
export function streamSource(events: EventStore, designId: string, streamId: string): TopicSource {
  return {
    kind: 'log',
    position: () => events.streamVersion(designId, streamId),
    async read(after) {
      const page = await events.read(designId, streamId, { from: after + 1, limit: PAGE })
      return { events: page.map(eventAnswer), position: page.at(-1)?.version ?? after }
    },
    settled: () => null,
  }
}
