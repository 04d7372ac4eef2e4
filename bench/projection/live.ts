import { setTimeout as pause } from 'node:timers/promises'
import type { ProjectionChange } from '@/core/protocol'
import { serveLive } from '@/server/transport/socket/testing'
import { type Round, summarize } from '../support/rounds'
import type { LongLog } from './long-log'

export interface Live extends Round {
  readonly wantedPerSecond: number
  readonly p50AppendMs: number
  readonly p99AppendMs: number
}

/** Events that are appended at once, as often as it takes: a timer is no finer than a millisecond. */
const EVERY_MS = 10

/**
 * New orders at a steady rate; the time from before the append until the order's row is with a socket client, which is
 * in this process too, and so takes its time from the server.
 */
export async function measureLive(
  path: string,
  { designId }: LongLog,
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
): Promise<Live> {
  const live = await serveLive(path)
  const client = await live.client()
  const began = new Map<string, number>()
  const durations: number[] = []
  const appends: number[] = []
  client.socket.on('events', ({ events }: { readonly events: readonly ProjectionChange[] }) => {
    const now = performance.now()
    for (const { rows } of events)
      for (const key of Object.keys(rows)) {
        const at = began.get(key)
        if (at !== undefined) durations.push(now - at)
        began.delete(key)
      }
  })
  await client.subscribe(`projection:${designId}/orders`, await live.wb.store.events.head())
  const append = async (key: string) => {
    const at = performance.now()
    began.set(key, at)
    await live.wb.store.events.append([
      {
        designId,
        streamId: `Order-${key}`,
        expectedVersion: 'no-stream',
        events: [
          {
            type: 'OrderCreated',
            data: { customer: 'grace', items: [{ productId: 'pen', quantity: 1, price: 3 }], total: 3 },
            metadata: { messageId: key, correlationId: 'c', causationId: 'c', schemaVersion: 1 },
          },
        ],
      },
    ])
    appends.push(performance.now() - at)
  }
  const start = performance.now()
  const wanted = perSecond * seconds
  const under: Promise<void>[] = []
  while (under.length < wanted) {
    const due = Math.min(wanted, Math.floor(((performance.now() - start) * perSecond) / 1_000))
    while (under.length < due) under.push(append(`live-${under.length}`))
    await pause(EVERY_MS)
  }
  await Promise.all(under)
  while (began.size > 0) await pause(EVERY_MS)
  const elapsed = performance.now() - start
  await live.close()
  const appended = summarize(appends, elapsed)
  return {
    wantedPerSecond: perSecond,
    ...summarize(durations, elapsed),
    p50AppendMs: appended.p50Ms,
    p99AppendMs: appended.p99Ms,
  }
}
