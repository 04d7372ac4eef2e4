import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NewEvent, RecordedEvent } from '@/core/log/event'
import type { EventStore, SubscribeOptions } from './contract'

/** Message ids that are new each time it is called. */
export function counter(prefix = 'm'): () => string {
  let count = 0
  return () => {
    count += 1
    return `${prefix}${count}`
  }
}

export function event(messageId: string, type = 'Happened'): NewEvent {
  return {
    type,
    data: { of: messageId },
    metadata: { messageId, correlationId: 'c', causationId: 'c', schemaVersion: 1 },
  }
}

export function events(next: () => string, count: number): readonly NewEvent[] {
  return Array.from({ length: count }, () => event(next()))
}

export function positionsOf(recorded: readonly RecordedEvent[]): readonly number[] {
  return recorded.map(({ position }) => position)
}

/** A subscription that keeps what it gets. `until(n)` resolves once it has n events. */
export function collect(
  store: EventStore,
  after: number,
  options: SubscribeOptions = {},
  before: () => Promise<void> = async () => {},
) {
  const seen: RecordedEvent[] = []
  let waiting: { readonly count: number; readonly resolve: () => void } | null = null
  const subscription = store.subscribe(
    after,
    async (delivered) => {
      await before()
      seen.push(...delivered)
      if (waiting && seen.length >= waiting.count) waiting.resolve()
    },
    options,
  )
  return {
    events: seen as readonly RecordedEvent[],
    close: subscription.close,
    until: (count: number) =>
      new Promise<void>((resolve) => {
        if (seen.length >= count) resolve()
        else waiting = { count, resolve }
      }),
  }
}

/** A path in a new folder of its own. */
export function temporaryPath(): string {
  return join(mkdtempSync(join(tmpdir(), 'saga-store-')), 'test.db')
}
