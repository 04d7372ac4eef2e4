import { setImmediate as nextTurn } from 'node:timers/promises'
import { LIMITS } from '../limits'
import type { LogScan } from '../store/contract'

/** Events looked at in the first slice of a walk: small, for a log whose events are large. */
const FIRST_SLICE = 1_000

interface Walk<Item> {
  readonly items: readonly Item[]
  /** Null: at the end. */
  readonly next: number | null
}

/**
 * Walks along a log slice by slice, with a turn for everybody else in between, until it has enough, has looked at as much
 * as one call may, or is at the end. Reading a slice holds the whole process up: slices grow while they are quick
 * and shrink when they are not.
 */
export async function walkLog<Item>(
  scan: Omit<LogScan, 'most' | 'limit'>,
  limit: number,
  read: (scan: LogScan) => Promise<Walk<Item>>,
): Promise<Walk<Item>> {
  const items: Item[] = []
  let looked = 0
  let most = FIRST_SLICE
  let from = scan
  for (;;) {
    const before = performance.now()
    const wanted = Math.min(limit - items.length, LIMITS.logSliceItems)
    const slice = await read({ ...from, limit: wanted, most })
    looked += most
    items.push(...slice.items)
    if (slice.next === null || items.length >= limit || looked >= LIMITS.logScanEvents)
      return { items, next: slice.next }
    from = scan.direction === 'backwards' ? { ...from, before: slice.next } : { ...from, after: slice.next }
    const tookMs = performance.now() - before
    if (tookMs < LIMITS.logSliceMs / 2) most = Math.min(most * 2, LIMITS.logSliceEvents)
    else if (tookMs > LIMITS.logSliceMs) most = Math.max(Math.floor(most / 2), FIRST_SLICE / 10)
    await nextTurn()
  }
}
