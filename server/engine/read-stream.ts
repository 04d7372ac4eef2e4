import type { RecordedEvent } from '@/core/log/event'
import { LIMITS } from '../limits'
import type { EventStore } from '../store/contract'

/**
 * Reads a range of one stream whole, page by page.
 * @param from 1-based, inclusive
 * @param to inclusive; without it, to the end
 */
export async function readStream(
  events: EventStore,
  designId: string,
  streamId: string,
  from = 1,
  to = Number.MAX_SAFE_INTEGER,
): Promise<readonly RecordedEvent[]> {
  const all: RecordedEvent[] = []
  for (let next = from; next <= to; ) {
    const page = await events.read(designId, streamId, { from: next, to, limit: LIMITS.readMost })
    all.push(...page)
    if (page.length < LIMITS.readMost) break
    next += page.length
  }
  return all
}
