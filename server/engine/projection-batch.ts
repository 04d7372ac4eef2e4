import { codeEvent } from '@/core/aggregate/handle'
import type { CodeFault, CodeRunner } from '@/core/code/contract'
import type { Projection } from '@/core/design/aggregate'
import type { Json } from '@/core/json'
import type { RecordedEvent } from '@/core/log/event'
import { listensTo } from '@/core/projection/fold'
import { foldBatch, type LoadRows } from '@/core/projection/fold-batch'
import { LIMITS } from '../limits'
import type { EventStore } from '../store/contract'
import { corruptEventOf } from '../store/corrupt-event'
import type { LoadedDesign } from './loaded-design'

/** What stopped a projection: the event, and what its handler did; or that it cannot be read. */
export interface ProjectionFault extends Omit<CodeFault, 'code'> {
  readonly code: CodeFault['code'] | 'CORRUPT_EVENT'
  readonly position: number
  readonly streamId: string
  readonly version: number
  readonly type: string
}

/**
 * The next events of a design, at most a batch. Those before one that cannot be read are given; when it is the first, it
 * is the fault.
 */
export async function readBatch(
  events: EventStore,
  designId: string,
  after: number,
): Promise<{ readonly events: readonly RecordedEvent[]; readonly fault?: ProjectionFault }> {
  try {
    return { events: await events.readAll(after, { designId, limit: LIMITS.projectionBatch }) }
  } catch (error) {
    const corrupt = corruptEventOf(error)
    if (!corrupt) throw error
    // One by one up to it: they are a batch at most.
    const [next] = await events.readAll(after, { designId, limit: 1 }).catch((cause: unknown) => {
      if (corruptEventOf(cause)) return []
      throw cause
    })
    return next ? { events: [next] } : { events: [], fault: { code: 'CORRUPT_EVENT', ...corrupt } }
  }
}

export interface BatchParts {
  readonly code: CodeRunner
  readonly loaded: LoadedDesign
  readonly projection: Projection
}

/** What a batch comes to: the rows that changed (null: gone), and how far they go. */
export interface FollowedBatch {
  readonly rows: Readonly<Record<string, Json>>
  readonly checkpoint: number
  readonly fault?: ProjectionFault
}

/**
 * Folds events of the log into rows, up to the first whose handler failed; the checkpoint passes over what the projection
 * is not given. Where the batch fails as a whole it goes to its first event only, and the rest comes again. Stores nothing.
 * @param after position that the rows have been folded to
 * @param events of the design, ascending, behind `after`
 */
export async function followBatch(
  { code, loaded, projection }: BatchParts,
  after: number,
  events: readonly RecordedEvent[],
  loadRows: LoadRows,
): Promise<FollowedBatch> {
  const { program, design } = loaded
  const heard = events.filter((event) => listensTo(design, projection, event.streamId))
  const seen = heard.map(codeEvent)
  const { folded, rows, fault } = await foldBatch(code, { program, design, projection }, seen, loadRows)
  const next = heard[folded]
  if (!next) return { rows, checkpoint: events.at(-1)?.position ?? after }
  if (!fault) return { rows, checkpoint: heard[folded - 1]?.position ?? after }
  const { position, streamId, version, type } = next
  const before = events.filter((event) => event.position < position).at(-1)
  return {
    rows,
    checkpoint: before?.position ?? after,
    fault: { ...fault, position, streamId, version, type },
  }
}
