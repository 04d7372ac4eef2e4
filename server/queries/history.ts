import { aggregateOfStream, findAggregate } from '@/core/aggregate/handle'
import type { Design } from '@/core/design/document'
import { WorkbenchError } from '@/core/errors'
import type { EventHistory, HistorySlice } from '@/core/protocol'
import { TRAVEL_LIMITS } from '@/core/travel/limits'
import { readStream } from '../engine/read-stream'
import type { StreamInfo } from '../store/contract'
import type { Workbench } from '../workbench'
import { eventAnswer, page } from './events'

export type SliceLimits = Readonly<Record<'sliceStreams' | 'sliceEvents' | 'streamEvents', number>>

/**
 * Whole streams of one aggregate, those that changed last first, one bounded slice at a time: what an edit is checked
 * against before it is saved. A slice has at least one stream; of a long one the first events.
 * @param after the cursor of the slice before
 * @throws {WorkbenchError} AGGREGATE_NOT_FOUND
 */
export async function aggregateHistory(
  wb: Workbench,
  designId: string,
  aggregateId: string,
  after: number | undefined,
  limits: SliceLimits = TRAVEL_LIMITS,
): Promise<HistorySlice> {
  const { design } = await wb.catalogue.load(designId)
  if (!findAggregate(design, aggregateId))
    throw new WorkbenchError('AGGREGATE_NOT_FOUND', `This design has no aggregate "${aggregateId}".`)
  const infos = await wb.store.events.streams(designId, {
    prefix: `${aggregateId}-`,
    limit: limits.sliceStreams + 1,
    ...(after === undefined ? {} : { after }),
  })
  const items: HistorySlice['items'] = []
  let read = 0
  let cursor: StreamInfo | null = null
  for (const info of infos.slice(0, limits.sliceStreams)) {
    if (items.length > 0 && read + info.version > limits.sliceEvents) break
    cursor = info
    if (aggregateOfStream(design, info.streamId)?.aggregate.id !== aggregateId) continue
    const to = Math.min(info.version, limits.streamEvents)
    const events = await readStream(wb.store.events, designId, info.streamId, 1, to)
    items.push({ streamId: info.streamId, version: info.version, events: events.map(eventAnswer) })
    read += events.length
  }
  const more = cursor !== null && infos.at(-1)?.position !== cursor.position
  return {
    items,
    next: more && cursor ? String(cursor.position) : null,
    total: await instances(wb, designId, design, aggregateId),
  }
}

/** Streams that begin like this aggregate's are another's where that one's name begins with this one's. */
async function instances(wb: Workbench, designId: string, design: Design, id: string): Promise<number> {
  const longer = design.aggregates.map((one) => one.id).filter((other) => other.startsWith(`${id}-`))
  const outermost = longer.filter((other) => !longer.some((one) => other.startsWith(`${one}-`)))
  const count = (name: string) => wb.store.events.countStreams(designId, `${name}-`)
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
