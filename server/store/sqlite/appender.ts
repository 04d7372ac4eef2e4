import { MessageIdReusedError } from '@/core/log/errors'
import type { RecordedEvent } from '@/core/log/event'
import { versionConflict } from '../expected-version'
import { repeatedEvents } from '../repeated-messages'
import { createSteadyClock } from '../steady-clock'
import { type AppendJob, type KeyedAppend, type Plan, type PlannedJob, planBatch } from './append-plan'
import { type Db, type Scripted, statement } from './db'
import { EVENT_COLUMNS, type EventRow, eventOfRow, INSERT_EVENTS, insertRow } from './event-rows'
import type { Fence } from './fence'
import type { Heads } from './heads'
import { type SqliteFault, sqliteFault } from './sqlite-fault'

/** Times one append may meet a conflict that is gone when looked at: another program is writing. */
const MOST_RETRIES = 3

export interface Appender {
  /** The last position that was made known: everything up to it is on disk. */
  head(): number
  /**
   * Commits the jobs in order, in as few commits as it can. Never rejects.
   * @returns settles those that are not settled yet, and publishes their events: to be called before anything else is
   * waited for, so that the next commit can be under way while others act on this one
   */
  commit(jobs: readonly AppendJob[]): Promise<() => void>
  /** The writer itself has put events on disk, up to here. */
  jumpTo(position: number): void
}

interface AppenderOptions {
  readonly place: Scripted
  readonly reader: Db
  readonly heads: Heads
  readonly fence: Fence
  readonly now: () => number
  /** Called with what each commit put on disk, in position order, before its jobs are acknowledged. */
  readonly onCommitted: (events: readonly RecordedEvent[], characters: number) => void
  /** Called when the log is found to go further on disk than was known. */
  readonly onJumped: (head: number) => void
}

/** What `commit` returns when all is settled. */
export const NOTHING = (): void => undefined

/** The group commit: only ever called by the one writer, one call at a time. */
export async function createAppender(options: AppenderOptions): Promise<Appender> {
  const { place, reader, heads, fence, onCommitted, onJumped } = options
  /** The last position on disk, made known or not. */
  let head = await loadHead(reader)
  let published = head
  const now = createSteadyClock(options.now, await lastRecordedAt(reader))
  /** A commit's outcome could not be learnt: what is in memory may be behind the disk. */
  let stale = false

  async function commit(jobs: readonly AppendJob[]): Promise<() => void> {
    try {
      return await commitRound(jobs)
    } catch (error) {
      for (const job of jobs) job.reject(error)
      return NOTHING
    }
  }

  async function commitWhole(jobs: readonly AppendJob[]): Promise<void> {
    const acknowledge = await commit(jobs)
    acknowledge()
  }

  /** Asks for the write in the turn in which it is called, unless something must be read first. */
  async function commitRound(jobs: readonly AppendJob[]): Promise<() => void> {
    const lost = fence.lost()
    if (lost) throw lost
    if (stale) await reload()
    const missing = missingHeads(jobs, heads)
    if (missing.length > 0) await heads.load(missing)
    const plan = planBatch(jobs, heads, head, now())
    const { planned, refused, deferred } = plan
    if (refused.length === 0 && deferred.length === 0) return await write(plan)
    for (const job of refused) await settleRefused(job)
    if (planned.length > 0) {
      const acknowledge = await write(plan)
      acknowledge()
    }
    return deferred.length > 0 ? await commit(deferred) : NOTHING
  }

  async function write(plan: Plan): Promise<() => void> {
    const { planned } = plan
    const rows = planned.flatMap(({ job, events }) =>
      events.map((event, index) => insertRow(event, job.data[index] ?? 'null')),
    )
    try {
      const insert = statement(INSERT_EVENTS, JSON.stringify(rows))
      if (rows.length > 0 && !(await place.script(fence.guard, [insert]))) {
        const lost = fence.broken()
        for (const { job } of planned) job.reject(lost)
        return NOTHING
      }
    } catch (error) {
      await recover(plan, sqliteFault(error))
      return NOTHING
    }
    return committed(plan)
  }

  /** It is on disk. @returns makes that known */
  function committed({ planned, versions }: Plan): () => void {
    const events = planned.flatMap((one) => one.events)
    heads.advance(versions)
    head = events.at(-1)?.position ?? head
    return () => {
      const characters = planned.reduce((sum, { job }) => sum + job.characters, 0)
      published = events.at(-1)?.position ?? published
      try {
        if (events.length > 0) onCommitted(events, characters)
      } catch (error) {
        // Whoever follows the log may be wrong; those who wrote are told what is true.
        process.emitWarning(error instanceof Error ? error : String(error))
      }
      for (const one of planned) one.job.resolve({ events: one.events, repeated: false })
    }
  }

  async function recover(plan: Plan, fault: SqliteFault): Promise<void> {
    const jobs = plan.planned.map(({ job }) => job)
    heads.forget(jobs.flatMap((job) => job.appends))
    if (fault.kind === 'unique') {
      await catchUp()
      await splitConflict(jobs, fault)
      return
    }
    // Full and busy are certain: SQLite has rolled the statement back.
    const certain = fault.kind === 'full' || fault.kind === 'busy'
    if (!certain && (await isOnDisk(plan.planned))) {
      const acknowledge = committed(plan)
      acknowledge()
    } else for (const job of jobs) job.reject(fault)
  }

  /** Halves the batch until the one at fault is alone; the others are committed. */
  async function splitConflict(jobs: readonly AppendJob[], fault: SqliteFault): Promise<void> {
    const [only, ...others] = jobs
    if (only && others.length === 0) {
      await heads.load(only.appends)
      if (await settleRepeated(only)) return
      only.retries += 1
      if (only.retries > MOST_RETRIES) only.reject(fault)
      else await commitWhole([only])
      return
    }
    const middle = Math.ceil(jobs.length / 2)
    await commitWhole(jobs.slice(0, middle))
    await commitWhole(jobs.slice(middle))
  }

  /** A commit is all or nothing, so one message tells. When even that cannot be read, the next commit reloads. */
  async function isOnDisk(planned: readonly PlannedJob[]): Promise<boolean> {
    const first = planned.flatMap((one) => one.events)[0]
    if (!first) return true
    try {
      const found = await findMessages([first.metadata.messageId])
      return found.get(first.metadata.messageId)?.position === first.position
    } catch {
      stale = true
      return false
    }
  }

  async function reload(): Promise<void> {
    await catchUp()
    heads.clear()
    stale = false
  }

  /** What is on disk and did not pass through here: another program's, or a commit's whose outcome could not be learnt. */
  async function catchUp(): Promise<void> {
    const found = await loadHead(reader)
    if (found === head) return
    head = found
    published = found
    onJumped(found)
  }

  async function settleRefused(job: AppendJob): Promise<void> {
    try {
      if (await settleRepeated(job)) return
      await heads.load(job.appends)
      job.reject(firstConflict(job))
    } catch (error) {
      job.reject(error)
    }
  }

  /** Whether the job was a repeat, or misused a message id, and has been told so. */
  async function settleRepeated(job: AppendJob): Promise<boolean> {
    try {
      const events = repeatedEvents(job.appends, await findMessages(job.messageIds))
      if (events) job.resolve({ events, repeated: true })
      return events !== null
    } catch (error) {
      if (!(error instanceof MessageIdReusedError)) throw error
      job.reject(error)
      return true
    }
  }

  /** Versions within the job itself count: it may name a stream twice. */
  function firstConflict(job: AppendJob): Error {
    const within = new Map<string, number>()
    for (const append of job.appends) {
      const { key } = append
      const version = within.get(key) ?? heads.get(key) ?? 0
      const conflict = versionConflict(append, version)
      if (conflict) return conflict
      within.set(key, version + append.events.length)
    }
    return sqliteFault(new Error('the conflict is gone'))
  }

  async function findMessages(ids: readonly string[]): Promise<ReadonlyMap<string, RecordedEvent>> {
    const sql = `SELECT ${EVENT_COLUMNS} FROM Event WHERE messageId IN (SELECT value FROM json_each(?))`
    const rows = await reader.query<EventRow>(sql, JSON.stringify(ids))
    return new Map(rows.map((row) => [row.messageId, eventOfRow(row)]))
  }

  return {
    head: () => published,
    commit,
    jumpTo(position) {
      head = position
      published = position
      heads.clear()
    },
  }
}

/** Streams whose version must be known to judge the jobs, and is not in memory. */
const missingHeads = (jobs: readonly AppendJob[], heads: Heads): readonly KeyedAppend[] =>
  jobs.flatMap(({ appends }) =>
    appends.filter(
      ({ expectedVersion, key }) => expectedVersion !== 'no-stream' && heads.get(key) === undefined,
    ),
  )

/** The newest events may have gone with their design: the mark says how far positions were given out. */
async function loadHead(db: Db): Promise<number> {
  const [row] = await db.query<{ head: number }>(
    `SELECT max(coalesce((SELECT max(position) FROM Event), 0),
      coalesce((SELECT position FROM Mark WHERE name = 'log-head'), 0)) AS head`,
  )
  return row?.head ?? 0
}

async function lastRecordedAt(db: Db): Promise<number> {
  const [row] = await db.query<{ at: number }>(
    'SELECT +recordedAt AS at FROM Event ORDER BY position DESC LIMIT 1',
  )
  return row?.at ?? 0
}
