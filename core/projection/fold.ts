import { aggregateOfStream } from '../aggregate/handle'
import { COMMANDS, streamOfCommands } from '../aggregate/stream'
import { upcastersOf } from '../aggregate/upcast'
import type { CodeCall, CodeEvent } from '../code/contract'
import type { Projection } from '../design/aggregate'
import { codeId } from '../design/code-id'
import type { Design } from '../design/document'
import { projectionHandlers } from '../design/program'
import { hashText } from '../hash'
import type { Json } from '../json'
import { liftEvents } from './lift'

/** Whether a projection is given the events of this stream. Recorded commands only one that names them is given. */
export function listensTo(design: Design, projection: Projection, streamId: string): boolean {
  if (streamOfCommands(streamId) !== null) return projection.from.includes(COMMANDS)
  if (projection.from.length === 0) return true
  const owner = aggregateOfStream(design, streamId)
  return owner !== undefined && projection.from.includes(owner.aggregate.id)
}

/** First crossing: which row each event concerns. */
export function keysCall(
  design: Design,
  projection: Projection,
  events: readonly CodeEvent[],
): Extract<CodeCall, { kind: 'keys' }> {
  return {
    kind: 'keys',
    key: codeId.projectionKey(projection.id),
    on: projectionHandlers(projection),
    events: liftEvents(design, events),
  }
}

/** Second crossing: folds the events into their rows. */
export function projectCall(
  design: Design,
  projection: Projection,
  rows: Readonly<Record<string, Json>>,
  events: readonly CodeEvent[],
  keys: readonly (string | null)[],
): Extract<CodeCall, { kind: 'project' }> {
  const on = projectionHandlers(projection)
  return { kind: 'project', on, rows, events: liftEvents(design, events), keys }
}

/** Tells versions of a projection apart: rows folded by another version are rebuilt. */
export function projectionHash(design: Design, projection: Projection): string {
  const heard = design.aggregates.filter(
    ({ id }) => projection.from.length === 0 || projection.from.includes(id),
  )
  const lifts = upcastersOf(heard)
  return hashText(
    JSON.stringify([
      projection.from,
      projection.key,
      Object.entries(projection.on).sort(),
      ...(lifts.length === 0 ? [] : [lifts]),
    ]),
  )
}
