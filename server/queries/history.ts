import { aggregateOfStream, findAggregate } from '@/core/aggregate/handle'
import { aggregateStream, commandsStream } from '@/core/aggregate/stream'
import type { Design } from '@/core/design/document'
import { WorkbenchError } from '@/core/errors'
import type { DecisionSlice, EventHistory, HistorySlice } from '@/core/protocol'
import { TRAVEL_LIMITS } from '@/core/travel/limits'
import { readStream } from '../engine/read-stream'
import type { StreamInfo } from '../store/contract'
import type { Workbench } from '../workbench'
import { eventAnswer, page } from './events'

export type SliceLimits = Readonly<Record<'sliceStreams' | 'sliceEvents' | 'streamEvents', number>>

/** What is asked for: one aggregate of a design, and the cursor of the slice before. */
interface SliceRequest {
  readonly designId: string
  readonly aggregate: string
  readonly after?: number | undefined
}

/**
 * Whole streams of one aggregate, those that changed last first, one bounded slice at a time: what an edit is checked
 * against before it is saved. A slice has at least one stream; of a long one the first events.
 * @throws {WorkbenchError} AGGREGATE_NOT_FOUND
 */
export function aggregateHistory(
  wb: Workbench,
  request: SliceRequest,
  limits: SliceLimits = TRAVEL_LIMITS,
): Promise<HistorySlice> {
  const { designId, aggregate } = request
  return slice(wb, request, limits, aggregateStream(aggregate, ''), async (info) => {
    const events = await firstEvents(wb, designId, info.streamId, limits)
    return { item: { streamId: info.streamId, version: info.version, events }, read: events.length }
  })
}

/**
 * Instances of one aggregate with the commands that were put to them, also those that were only ever refused. Sliced as
 * their history is, the last to be sent a command first.
 * @throws {WorkbenchError} AGGREGATE_NOT_FOUND
 */
export function aggregateDecisions(
  wb: Workbench,
  request: SliceRequest,
  limits: SliceLimits = TRAVEL_LIMITS,
): Promise<DecisionSlice> {
  const { designId, aggregate } = request
  const prefix = commandsStream(aggregate, '')
  return slice(wb, request, limits, prefix, async (info) => {
    const streamId = aggregateStream(aggregate, info.streamId.slice(prefix.length))
    const [events, commands, version] = await Promise.all([
      firstEvents(wb, designId, streamId, limits),
      firstEvents(wb, designId, info.streamId, limits),
      wb.store.events.streamVersion(designId, streamId),
    ])
    const item = { streamId, version, events, commands, sent: info.version }
    return { item, read: events.length + commands.length }
  })
}

async function firstEvents(wb: Workbench, designId: string, streamId: string, limits: SliceLimits) {
  return (await readStream(wb.store.events, designId, streamId, 1, limits.streamEvents)).map(eventAnswer)
}

async function slice<T>(
  wb: Workbench,
  { designId, aggregate, after }: SliceRequest,
  limits: SliceLimits,
  prefix: string,
  load: (info: StreamInfo) => Promise<{ readonly item: T; readonly read: number }>,
): Promise<{ items: T[]; next: string | null; total: number }> {
  const { design } = await wb.catalogue.load(designId)
  if (!findAggregate(design, aggregate))
    throw new WorkbenchError('AGGREGATE_NOT_FOUND', `This design has no aggregate "${aggregate}".`)
  const infos = await wb.store.events.streams(designId, {
    prefix,
    limit: limits.sliceStreams + 1,
    ...(after === undefined ? {} : { after }),
  })
  const items: T[] = []
  let read = 0
  let cursor: StreamInfo | null = null
  for (const info of infos.slice(0, limits.sliceStreams)) {
    if (items.length > 0 && read + info.version > limits.sliceEvents) break
    cursor = info
    const stream = aggregateStream(aggregate, info.streamId.slice(prefix.length))
    if (aggregateOfStream(design, stream)?.aggregate.id !== aggregate) continue
    const one = await load(info)
    items.push(one.item)
    read += one.read
  }
  const more = cursor !== null && infos.at(-1)?.position !== cursor.position
  return {
    items,
    next: more && cursor ? String(cursor.position) : null,
    total: await instances(wb, designId, design, aggregate, prefix),
  }
}

/** Streams that begin like this aggregate's are another's where that one's name begins with this one's. */
async function instances(
  wb: Workbench,
  designId: string,
  design: Design,
  id: string,
  prefix: string,
): Promise<number> {
  const longer = design.aggregates.map((one) => one.id).filter((other) => other.startsWith(`${id}-`))
  const outermost = longer.filter((other) => !longer.some((one) => other.startsWith(`${one}-`)))
  const count = (name: string) =>
    wb.store.events.countStreams(designId, `${prefix.slice(0, -id.length - 1)}${name}-`)
  const others = await Promise.all(outermost.map(count))
  return others.reduce((left, theirs) => left - theirs, await count(id))
}

/**
 * Events of some types in order, from a position on: what a read model is folded from.
 * @throws {WorkbenchError} DESIGN_NOT_FOUND
 */
export async function eventHistory(
  wb: Workbench,
  designId: string,
  query: { readonly types: readonly string[]; readonly after: number; readonly limit: number },
): Promise<EventHistory> {
  await wb.catalogue.load(designId)
  const { types, after, limit } = query
  const events = await wb.store.events.readAll(after, { designId, types, limit: limit + 1 })
  const total = await wb.store.events.countEvents(designId, types)
  const { items, next } = page(events, limit, (event) => String(event.position), eventAnswer)
  return { items: [...items], next, total }
}
