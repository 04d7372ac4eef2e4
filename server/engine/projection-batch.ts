import { codeEvent } from '@/core/aggregate/handle'
import type { CodeFault, CodeRunner } from '@/core/code/contract'
import type { Projection } from '@/core/design/aggregate'
import type { Json } from '@/core/json'
import type { RecordedEvent } from '@/core/log/event'
import { keysCall, listensTo, projectCall } from '@/core/projection/fold'
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

/** The rows with these keys, as far as there are any. */
export type LoadRows = (keys: readonly string[]) => Promise<Readonly<Record<string, Json>>>

/** What a batch comes to: the rows that changed (null: gone), and how far they go. */
export interface FoldedBatch {
  readonly rows: Readonly<Record<string, Json>>
  readonly checkpoint: number
  readonly fault?: ProjectionFault
}

interface Batch {
  /** Where the rows stand before it. */
  readonly after: number
  /** All of the design's, for the checkpoint passes over what is not heard. */
  readonly events: readonly RecordedEvent[]
  readonly heard: readonly RecordedEvent[]
  readonly loadRows: LoadRows
}

/**
 * Folds events into rows, up to the first whose handler failed. Two crossings into the sandbox,
 * whatever their number. Stores nothing.
 * @param after position that the rows have been folded to
 * @param events of the design, ascending, behind `after`
 */
export function foldBatch(
  parts: BatchParts,
  after: number,
  events: readonly RecordedEvent[],
  loadRows: LoadRows,
): Promise<FoldedBatch> {
  const { loaded, projection } = parts
  const heard = events.filter((event) => listensTo(loaded.design, projection, event.streamId))
  return fold(parts, { after, events, heard, loadRows })
}

async function fold(parts: BatchParts, batch: Batch): Promise<FoldedBatch> {
  const { code, loaded, projection } = parts
  const { events, heard, loadRows } = batch
  const checkpoint = events.at(-1)?.position ?? batch.after
  if (heard.length === 0) return { rows: {}, checkpoint }
  const seen = heard.map(codeEvent)
  const keyed = await code.run(loaded.program, keysCall(loaded.design, projection, seen))
  if (!keyed.ok) return failed(parts, batch, keyed.error)
  const { keys } = keyed.value
  const wanted = [...new Set(keys.filter((key) => key !== null))]
  const rows = await loadRows(wanted)
  const answer = await code.run(loaded.program, projectCall(loaded.design, projection, rows, seen, keys))
  if (!answer.ok) return failed(parts, batch, answer.error)
  const { fault } = answer.value
  if (fault) return faultAt(batch, fault.eventIndex, fault, answer.value.rows)
  return { rows: answer.value.rows, checkpoint }
}

/** A batch that fails as a whole says nothing of which event it was: the first alone does. */
function failed(parts: BatchParts, batch: Batch, fault: CodeFault): Promise<FoldedBatch> {
  const [first, ...others] = batch.heard
  if (!first || others.length === 0) return Promise.resolve(faultAt(batch, 0, fault, {}))
  const events = batch.events.filter((event) => event.position <= first.position)
  return fold(parts, { ...batch, events, heard: [first] })
}

/** The rows are those before the event at fault, and so is the checkpoint. */
function faultAt(
  { after, events, heard }: Batch,
  index: number,
  fault: CodeFault,
  rows: FoldedBatch['rows'],
): FoldedBatch {
  const event = heard[index]
  if (!event) return { rows, checkpoint: after }
  const { position, streamId, version, type } = event
  const before = events.filter((one) => one.position < position).at(-1)
  return {
    rows,
    checkpoint: before?.position ?? after,
    fault: { ...fault, position, streamId, version, type },
  }
}
