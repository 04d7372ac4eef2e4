import { aggregateOfStream } from '../aggregate/handle'
import type { CodeCall, CodeEvent } from '../code/contract'
import type { Projection } from '../design/aggregate'
import { codeId } from '../design/code-id'
import type { Design } from '../design/document'
import { projectionHandlers } from '../design/program'
import { hashText } from '../hash'
import type { Json } from '../json'

/** Whether a projection is given the events of this stream. */
export function listensTo(design: Design, projection: Projection, streamId: string): boolean {
  if (projection.from.length === 0) return true
  const owner = aggregateOfStream(design, streamId)
  return owner !== undefined && projection.from.includes(owner.aggregate.id)
}

/** First crossing: which row each event concerns. */
export function keysCall(
  projection: Projection,
  events: readonly CodeEvent[],
): Extract<CodeCall, { kind: 'keys' }> {
  return {
    kind: 'keys',
    key: codeId.projectionKey(projection.id),
    on: projectionHandlers(projection),
    events,
  }
}

/** Second crossing: folds the events into their rows. */
export function projectCall(
  projection: Projection,
  rows: Readonly<Record<string, Json>>,
  events: readonly CodeEvent[],
  keys: readonly (string | null)[],
): Extract<CodeCall, { kind: 'project' }> {
  return { kind: 'project', on: projectionHandlers(projection), rows, events, keys }
}

/** Tells versions of a projection apart: rows folded by another version are rebuilt. */
export function projectionHash(projection: Projection): string {
  return hashText(JSON.stringify([projection.from, projection.key, Object.entries(projection.on).sort()]))
}
