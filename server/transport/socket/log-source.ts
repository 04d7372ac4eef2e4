import { eventAnswer } from '../../queries/events'
import type { EventStore } from '../../store/contract'
import type { TopicSource } from './source'

/** Events read at once for somebody who catches up: a page is one message. */
const PAGE = 250

/** A design's whole log by position. Who wants only what comes says so with the last position, as `GET …/log` gives it. */
export function logSource(events: EventStore, designId: string): TopicSource {
  return {
    kind: 'log',
    async position() {
      const slice = await events.scanPositions(designId, { direction: 'backwards', limit: 1, most: 1 })
      return slice.positions[0] ?? 0
    },
    async read(after) {
      const page = await events.scan(designId, { after, limit: PAGE, most: PAGE })
      return { events: page.events.map(eventAnswer), position: page.events.at(-1)?.position ?? after }
    },
    settled: () => null,
  }
}
