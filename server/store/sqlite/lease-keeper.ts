import { WorkbenchError } from '@/core/errors'
import { LIMITS } from '../../limits'
import type { StoreFault } from '../contract'
import { statement } from './db'
import type { Fence } from './fence'
import { renewal } from './lease'
import type { Writer } from './writer'

/** Heartbeats in a time to live: two may fail before anybody may take over. */
const HEARTBEATS = 3

/** Keeps the lease that was taken: its heartbeat, and its fence. */
export interface LeaseKeeper {
  readonly fence: Fence
  /** Begins the heartbeat. @param onBeat told of each that went to disk */
  keep(writer: Writer, onBeat: () => void): void
  fault(): StoreFault | null
  stop(): Promise<void>
}

export function createLeaseKeeper(
  token: number,
  path: string,
  { ttlMs = LIMITS.leaseTtlMs, onLost }: LeaseKeeperOptions = {},
): LeaseKeeper {
  let lost: { readonly error: WorkbenchError; readonly since: number } | null = null
  let timer: NodeJS.Timeout | undefined
  let beating: Promise<void> | null = null

  const fence: Fence = {
    guard: statement("SELECT token FROM Lease WHERE name = 'writer' AND token = ?", token),
    lost: () => lost?.error ?? null,
    broken() {
      if (lost) return lost.error
      const message = `Another workbench took over ${path} while this one gave no sign of life. This one performs and writes nothing more, and its runs go on there: stop it.`
      const error = new WorkbenchError('LEASE_LOST', message)
      lost = { error, since: Date.now() }
      clearInterval(timer)
      onLost?.(error)
      return error
    },
    async check(db) {
      if (lost) throw lost.error
      const { sql, args } = fence.guard
      if ((await db.query(sql, ...args)).length === 0) throw fence.broken()
    },
  }

  return {
    fence,
    keep(writer, onBeat) {
      timer = setInterval(() => {
        // One that cannot be written now is followed by the next; the fence hears of a lease that is lost.
        beating ??= writer
          .write([renewal(token)])
          .then(onBeat, () => undefined)
          .finally(() => {
            beating = null
          })
      }, ttlMs / HEARTBEATS)
      // It must not keep a process alive that has nothing else to do.
      timer.unref()
    },
    fault: () => lost && { code: lost.error.code, message: lost.error.message, since: lost.since },
    async stop() {
      clearInterval(timer)
      await beating
    },
  }
}

interface LeaseKeeperOptions {
  readonly ttlMs?: number
  readonly onLost?: (error: WorkbenchError) => void
}
