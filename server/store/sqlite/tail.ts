import type { RecordedEvent } from '@/core/log/event'

/** Several commits' worth. What is kept longer than a subscriber needs is copied by every collection of young garbage. */
const MOST_EVENTS = 2_048
const MOST_CHARACTERS = 8 * 1024 * 1024

/** The newest events, kept so that live subscribers need not read the disk. Bounded in number and in size. */
export interface Tail {
  push(events: readonly RecordedEvent[], characters: number): void
  /** Events with `after < position ≤ upTo`, or null when the tail does not reach back that far. */
  range(after: number, upTo: number): readonly RecordedEvent[] | null
  clear(): void
  /** Begins after this position: what came before it is on disk and did not pass through here. */
  jumpTo(position: number): void
}

interface Chunk {
  readonly events: readonly RecordedEvent[]
  readonly characters: number
}

/** @param head position of the last event on disk: the tail begins after it */
export function createTail(head: number): Tail {
  let chunks: Chunk[] = []
  let count = 0
  let size = 0
  /** Everything after this position is in `chunks`. */
  let since = head
  let last = head

  function drop(): void {
    const oldest = chunks.shift()
    if (!oldest) return
    count -= oldest.events.length
    size -= oldest.characters
    since = oldest.events.at(-1)?.position ?? since
  }

  function clear(): void {
    chunks = []
    count = 0
    size = 0
    since = last
  }

  return {
    push(events, characters) {
      chunks.push({ events, characters })
      count += events.length
      size += characters
      last = events.at(-1)?.position ?? last
      while (count > MOST_EVENTS || size > MOST_CHARACTERS) drop()
    },
    range(after, upTo) {
      if (after < since) return null
      const found: RecordedEvent[] = []
      // From the newest: a subscriber that is live wants the last chunk only.
      let first = chunks.length
      while (first > 0 && (chunks[first - 1]?.events.at(-1)?.position ?? 0) > after) first -= 1
      for (const { events } of chunks.slice(first)) {
        for (const event of events) if (event.position > after && event.position <= upTo) found.push(event)
      }
      return found
    },
    clear,
    jumpTo(position) {
      last = position
      clear()
    },
  }
}
