import type { RecordedEvent } from '@/core/log/event'

type Read = (after: number, upTo: number, limit: number) => Promise<readonly RecordedEvent[]>

/** Chunks kept: who follows the whole log goes at about the same pace. */
const KEPT = 3

export interface SharedReads {
  readonly read: Read
  /** Events have gone. */
  clear(): void
}

/**
 * Several follow the whole log. When they all have to catch up (a long log was imported) each chunk is read once for all
 * of them. Only chunks that are full are kept: behind a chunk that is not, there may be more by now.
 */
export function createSharedReads(read: Read): SharedReads {
  const chunks = new Map<number, readonly RecordedEvent[]>()
  return {
    async read(after, upTo, limit) {
      const held = chunks.get(after)
      if (held && held.length === limit && (held.at(-1)?.position ?? 0) <= upTo) return held
      const events = await read(after, upTo, limit)
      if (events.length === limit) {
        chunks.set(after, events)
        for (const oldest of chunks.keys()) {
          if (chunks.size <= KEPT) break
          chunks.delete(oldest)
        }
      }
      return events
    },
    clear: () => chunks.clear(),
  }
}
