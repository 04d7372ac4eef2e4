import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { WorkbenchError } from '@/core/errors'
import { type Db, type Statement, statement } from './db'
import { isProvablyGone, type ProcessIdentity, thisProcess } from './process-identity'

export interface LeaseOptions {
  /** What to call the database in messages. */
  readonly path: string
  /** A holder that gives no sign of life for so long has lost it. */
  readonly ttlMs: number
  /** How long to wait for a holder that is alive; 0 refuses at once. */
  readonly waitMs: number
  /** Told once when it begins to wait, with whom it waits for. */
  readonly onWaiting?: (message: string) => void
}

interface LeaseRow extends ProcessIdentity {
  readonly token: number
  readonly owner: string
  readonly acquiredAt: number
  readonly renewals: number
  readonly renewedAt: number
  readonly ttlMs: number
}

/** Longest pause between two looks at somebody else's lease. */
const LOOK_MS = 200

/**
 * Takes the right to write to this file: one server holds it at a time. It is free when nobody has it, when its holder's
 * process is provably gone, or when its heartbeat has stood still for its time to live, by this process's own clock:
 * no clock is compared with another's to take it, and one that jumps gives it to nobody.
 * @returns the token under which this process writes
 * @throws {WorkbenchError} LEASE_HELD, naming the holder and what to do; STORE_*
 */
export async function acquireLease(db: Db, options: LeaseOptions): Promise<number> {
  const me = { owner: randomUUID(), ...thisProcess() }
  const begun = performance.now()
  let seen: { readonly row: LeaseRow; readonly since: number } | null = null
  let moved = false
  let said = false
  for (;;) {
    const row = await readLease(db)
    if (row && seen && seen.row.token === row.token && seen.row.renewals !== row.renewals) moved = true
    if (!seen || seen.row.token !== row?.token || seen.row.renewals !== row.renewals)
      seen = row ? { row, since: performance.now() } : null
    const now = performance.now()
    const stoodStillMs = seen ? now - seen.since : 0
    if (!row || row.owner === '' || isProvablyGone(row, me) || stoodStillMs >= row.ttlMs) {
      const token = await takeLease(db, row, me, options.ttlMs)
      if (token !== null) return token
      continue
    }
    // The clock on the wall may only refuse: a fresh heartbeat is a sign of life, a stale one proves nothing.
    const alive = moved || Math.abs(Date.now() - row.renewedAt) < row.ttlMs
    if (alive && now - begun >= options.waitMs) throw heldBy(row, options.path)
    if (!said) options.onWaiting?.(`Waiting for ${named(row)} to give up ${options.path}.`)
    said = true
    await pause(Math.min(LOOK_MS, row.ttlMs / 4))
  }
}

/** A heartbeat: shows those who wait that the holder is alive. It goes through the writer, under its fence. */
export const renewal = (token: number): Statement =>
  statement(
    "UPDATE Lease SET renewals = renewals + 1, renewedAt = ? WHERE name = 'writer' AND token = ?",
    Date.now(),
    token,
  )

/** Gives it back, if it is still held. The next to open need not wait. */
export async function releaseLease(db: Db, token: number): Promise<void> {
  await db.execute("UPDATE Lease SET owner = '' WHERE name = 'writer' AND token = ?", token)
}

/** False in a file that is older than leases: then its migration makes the table. */
export async function hasLeases(db: Db): Promise<boolean> {
  const found = await db.query("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'Lease'")
  return found.length > 0
}

async function readLease(db: Db): Promise<LeaseRow | null> {
  const [row] = await db.query<LeaseRow>(
    `SELECT token, owner, host, pid, bootId, pidSpace, processStart, +acquiredAt AS acquiredAt, renewals,
       +renewedAt AS renewedAt, ttlMs FROM Lease WHERE name = 'writer'`,
  )
  return row ?? null
}

/** One statement that goes through only for the row that was looked at. @returns null when another was quicker */
async function takeLease(
  db: Db,
  before: LeaseRow | null,
  { owner, host, pid, bootId, pidSpace, processStart }: ProcessIdentity & { readonly owner: string },
  ttlMs: number,
): Promise<number | null> {
  const token = (before?.token ?? 0) + 1
  const at = Date.now()
  const taken = await db.execute(
    TAKE,
    token,
    owner,
    host,
    pid,
    bootId,
    pidSpace,
    processStart,
    at,
    at,
    ttlMs,
    before?.token ?? 0,
    before?.renewals ?? 0,
  )
  return taken === 1 ? token : null
}

const TAKE = `INSERT INTO Lease (name, token, owner, host, pid, bootId, pidSpace, processStart, acquiredAt, renewals,
  renewedAt, ttlMs)
VALUES ('writer', ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)
ON CONFLICT (name) DO UPDATE SET token = excluded.token, owner = excluded.owner, host = excluded.host,
  pid = excluded.pid, bootId = excluded.bootId, pidSpace = excluded.pidSpace, processStart = excluded.processStart,
  acquiredAt = excluded.acquiredAt, renewals = 0, renewedAt = excluded.renewedAt, ttlMs = excluded.ttlMs
WHERE Lease.token = ? AND Lease.renewals = ?`

function named({ pid, host }: LeaseRow): string {
  return `the workbench of process ${pid} on ${host}`
}

function heldBy(row: LeaseRow, path: string): WorkbenchError {
  const since = new Date(row.acquiredAt).toISOString()
  const quietS = Math.max(0, Math.round((Date.now() - row.renewedAt) / 1000))
  return new WorkbenchError(
    'LEASE_HELD',
    `${path} is in use by ${named(row)}, since ${since}; its last sign of life was ${quietS} s ago. One workbench runs a database at a time. Stop that one, give this one another DATABASE_URL, or let it wait with LEASE_WAIT_MS.`,
    { host: row.host, pid: row.pid, since: row.acquiredAt },
  )
}
