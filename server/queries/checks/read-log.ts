import type { RecordedEvent } from '@/core/log/event'
import { LIMITS } from '../../limits'
import { type CorruptEvent, corruptEventOf } from '../../store/corrupt-event'
import type { CheckParts } from './found'

/** The streams of a design as far as a check reads them: the log from its beginning. */
export interface ReadLog {
  readonly streams: ReadonlyMap<string, readonly RecordedEvent[]>
  readonly events: number
  /** The position it was read to. */
  readonly upTo: number
  /** Why it ends before the log does; null when it does not. */
  readonly left: string | null
  readonly corrupt: CorruptEvent | null
}

/** Reads a design's log from the beginning, up to the limit of a check. */
export async function readLog({ wb, loaded, limits }: CheckParts): Promise<ReadLog> {
  const streams = new Map<string, RecordedEvent[]>()
  let events = 0
  let upTo = 0
  const end = (left: string | null, corrupt: CorruptEvent | null = null): ReadLog => ({
    streams,
    events,
    upTo,
    left,
    corrupt,
  })
  for (;;) {
    const limit = Math.min(LIMITS.readMost, limits.checkEvents - events)
    if (limit === 0) {
      const { lag } = await wb.store.events.lag(loaded.id, upTo)
      const left = `Only the first ${events} events were looked at; ${lag} come after them.`
      return end(lag === 0 ? null : left)
    }
    let page: readonly RecordedEvent[]
    try {
      page = await wb.store.events.readAll(upTo, { designId: loaded.id, limit })
    } catch (error) {
      const corrupt = corruptEventOf(error)
      if (!corrupt) throw error
      return end('Nothing behind the event that cannot be read was looked at.', corrupt)
    }
    for (const event of page) {
      const stream = streams.get(event.streamId)
      if (stream) stream.push(event)
      else streams.set(event.streamId, [event])
    }
    events += page.length
    upTo = page.at(-1)?.position ?? upTo
    if (page.length < limit) return end(null)
  }
}
