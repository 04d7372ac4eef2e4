import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RecordedEvent } from '@/core/log/event'
import { LIMITS } from '../limits'
import type { EventStore, SubscribeOptions, Subscription } from './contract'
import { corruptEventOf } from './corrupt-event'
import { isPassingFault } from './passing-fault'

/** How long a subscription waits before it asks again of a store that could not. */
const RETRY_MS = 200

/** Where subscriptions get their events from. */
export interface FeedSource {
  /** The last position that subscribers may see. */
  head(): number
  /** Ascending events with `after < position ≤ upTo`, at most `limit`. */
  range(
    after: number,
    upTo: number,
    limit: number,
    options: SubscribeOptions,
  ): readonly RecordedEvent[] | Promise<readonly RecordedEvent[]>
}

export interface Feed {
  readonly subscribe: EventStore['subscribe']
  /** Tells every subscription that the head has moved. */
  wake(): void
  close(): void
}

/**
 * Every subscription is a cursor that pulls: what it has not asked for is on disk (or in the tail), never in a
 * queue of its own. Catching up and being live are the same loop, so there is no seam to lose an event in.
 */
export function createFeed(source: FeedSource): Feed {
  const pumps = new Map<Subscription, () => Promise<void>>()
  return {
    subscribe(after, onEvents, options = {}) {
      const cursor = createCursor(source, after, onEvents, options)
      const subscription: Subscription = {
        close() {
          pumps.delete(subscription)
          cursor.close()
        },
      }
      pumps.set(subscription, cursor.pump)
      queueMicrotask(() => void cursor.pump())
      return subscription
    },
    wake() {
      for (const pump of pumps.values()) void pump()
    },
    close() {
      for (const subscription of [...pumps.keys()]) subscription.close()
    },
  }
}

function createCursor(
  source: FeedSource,
  after: number,
  onEvents: Parameters<EventStore['subscribe']>[1],
  options: SubscribeOptions,
) {
  let position = after
  let closed = false
  let pumping = false
  let retry: NodeJS.Timeout | undefined

  async function pump(): Promise<void> {
    if (pumping || closed) return
    pumping = true
    retry = undefined
    try {
      // The loop ends and `pumping` falls in the same turn: no wake can slip in between unheard.
      while (!closed && position < source.head()) {
        const { events, upTo } = await readOn(source.head())
        if (closed) break
        if (events.length > 0) await onEvents(events)
        const last = events.at(-1)
        position = last && events.length === LIMITS.readMost ? last.position : upTo
        // Reading takes no turn of its own: who has a long log to catch up with would keep everybody else from theirs.
        if (position < source.head()) await nextTurn()
      }
    } catch (error) {
      if (!closed) failed(error)
    } finally {
      pumping = retry !== undefined
    }
  }

  /** What can be read of what comes next, and how far that goes. */
  async function readOn(
    upTo: number,
  ): Promise<{ readonly events: readonly RecordedEvent[]; readonly upTo: number }> {
    try {
      return { events: await source.range(position, upTo, LIMITS.readMost, options), upTo }
    } catch (error) {
      const corrupt = corruptEventOf(error)
      if (!corrupt) throw error
      const before = corrupt.position - 1
      if (before > position)
        return { events: await source.range(position, before, LIMITS.readMost, options), upTo: before }
      if (!options.onCorrupt) throw error
      options.onCorrupt(error)
      return { events: [], upTo: corrupt.position }
    }
  }

  function failed(error: unknown): void {
    if (isPassingFault(error)) {
      retry = setTimeout(again, RETRY_MS)
      return
    }
    closed = true
    if (options.onError) options.onError(error)
    else process.emitWarning(error instanceof Error ? error : String(error))
  }

  function again(): void {
    pumping = false
    void pump()
  }

  return {
    pump,
    close() {
      closed = true
      clearTimeout(retry)
    },
  }
}
