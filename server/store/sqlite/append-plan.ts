import type { RecordedEvent, StreamAppend } from '@/core/log/event'
import type { AppendAnswer } from '../contract'
import { versionConflict } from '../expected-version'
import type { Heads, KeyedStream } from './heads'

export interface KeyedAppend extends StreamAppend, KeyedStream {}

/** An append in the queue, its data already serialized. */
export interface AppendJob {
  readonly appends: readonly KeyedAppend[]
  readonly messageIds: readonly string[]
  /** JSON text of every event's data, in order. */
  readonly data: readonly string[]
  readonly characters: number
  /** Times it met a conflict that was gone when looked at. */
  retries: number
  readonly resolve: (answer: AppendAnswer) => void
  readonly reject: (error: unknown) => void
}

export interface PlannedJob {
  readonly job: AppendJob
  readonly events: readonly RecordedEvent[]
}

export interface Plan {
  readonly planned: readonly PlannedJob[]
  /** Versions of the streams that they touch, once they are on disk, by `streamKey`. */
  readonly versions: ReadonlyMap<string, number>
  /** At odds with what is on disk. */
  readonly refused: readonly AppendJob[]
  /** At odds with a job planned before it, which is not on disk yet: judged when that is known. */
  readonly deferred: readonly AppendJob[]
}

/**
 * Gives every job its positions and versions, as if each were alone after the ones before it.
 * A `no-stream` append to a stream that is not in memory is taken at its word: UNIQUE is the guard.
 * @param head the last position on disk
 */
export function planBatch(jobs: readonly AppendJob[], heads: Heads, head: number, recordedAt: number): Plan {
  const planned: PlannedJob[] = []
  const refused: AppendJob[] = []
  const deferred: AppendJob[] = []
  const overlay = new Map<string, number>()
  const ids = new Set<string>()
  let position = head
  for (const job of jobs) {
    const touched = job.appends.some(({ key }) => overlay.has(key))
    if (job.messageIds.some((id) => ids.has(id))) {
      deferred.push(job)
      continue
    }
    const events = planJob(job, heads, overlay, position, recordedAt)
    if (!events) {
      if (touched) deferred.push(job)
      else refused.push(job)
      continue
    }
    planned.push({ job, events })
    position += events.length
    for (const id of job.messageIds) ids.add(id)
  }
  return { planned, versions: overlay, refused, deferred }
}

/** Null when an expected version does not hold; then the overlay is as it was. */
function planJob(
  job: AppendJob,
  heads: Heads,
  overlay: Map<string, number>,
  head: number,
  recordedAt: number,
): readonly RecordedEvent[] | null {
  const versions = new Map<string, number>()
  const events: RecordedEvent[] = []
  for (const append of job.appends) {
    const { key } = append
    let version = versions.get(key) ?? overlay.get(key) ?? heads.get(key) ?? 0
    if (versionConflict(append, version)) return null
    const { designId, streamId } = append
    for (const { type, data, metadata } of append.events) {
      version += 1
      const position = head + events.length + 1
      events.push({ type, data, metadata, position, designId, streamId, version, recordedAt })
    }
    versions.set(key, version)
  }
  for (const [key, version] of versions) overlay.set(key, version)
  return events
}
