import type { StoreFault } from '../contract'
import type { SqliteFault, SqliteFaultKind } from './sqlite-fault'

/** A fault that was not met again for so long is no news any more. What is waiting tries again far more often. */
const FORGOTTEN_AFTER_MS = 60_000

/** What the store last could not do, until it can again. */
export interface StoreHealth {
  /** Told of every statement that failed. */
  met(fault: SqliteFault): void
  /** Something was written. `event`: it took room. */
  wrote(what: 'event' | 'heartbeat'): void
  fault(): StoreFault | null
}

/** What a success says is over: a heartbeat changes a row in place, for which a full disk may well have room. */
const MENDS: Readonly<Record<'event' | 'heartbeat', readonly SqliteFaultKind[]>> = {
  event: ['busy', 'full', 'other'],
  heartbeat: ['busy', 'other'],
}

export function createStoreHealth(now: () => number = Date.now): StoreHealth {
  let last: { readonly fault: SqliteFault; readonly since: number; met: number } | null = null
  return {
    met(fault) {
      // Somebody was told "there is one already": that is an answer.
      if (fault.kind === 'unique') return
      if (last?.fault.kind === fault.kind) last.met = now()
      else last = { fault, since: now(), met: now() }
    },
    wrote(what) {
      if (last && MENDS[what].includes(last.fault.kind)) last = null
    },
    fault() {
      if (!last || now() - last.met > FORGOTTEN_AFTER_MS) return null
      const { code, message } = last.fault
      return { code, message, since: last.since }
    },
  }
}
