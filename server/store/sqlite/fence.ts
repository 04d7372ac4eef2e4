import type { WorkbenchError } from '@/core/errors'
import type { Db, Statement } from './db'

/** Keeps whoever has lost the lease from writing: each write is made only while its token is the newest. */
export interface Fence {
  /** Finds a row while the lease is ours. */
  readonly guard: Statement
  /** Why nothing may be written any more; null while the lease is held. */
  lost(): WorkbenchError | null
  /** Called when a write found that the token is ours no more. @returns what to refuse it with */
  broken(): WorkbenchError
  /** Within a transaction, before it writes. @throws {WorkbenchError} LEASE_LOST */
  check(db: Db): Promise<void>
}
