import type { LogFilter } from '@/core/log/filter'
import type { EventAnswer, LogExtent, LogMatches, Page, RankedEvents } from '@/core/protocol'
import { LIMITS } from '../limits'
import type { Workbench } from '../workbench'
import { eventAnswer, page } from './events'
import { logRanks } from './log-ranks'
import { walkLog } from './log-walk'

/**
 * Events of a design in order, from anywhere in its log and in either direction. With a filter a call may come back with
 * few or none and still name a `next`: it has looked at as much as one call may.
 * @throws {WorkbenchError} DESIGN_NOT_FOUND
 */
export async function designEvents(
  wb: Workbench,
  designId: string,
  query: {
    readonly after?: number | undefined
    readonly before?: number | undefined
    readonly direction: 'forwards' | 'backwards'
    readonly limit: number
    readonly filter: LogFilter
  },
): Promise<Page<EventAnswer>> {
  await wb.catalogue.load(designId)
  const { after, before, direction, limit, filter } = query
  const bounds = { ...(after === undefined ? {} : { after }), ...(before === undefined ? {} : { before }) }
  const { items, next } = await walkLog({ ...bounds, direction, filter }, limit + 1, async (scan) => {
    const slice = await wb.store.events.scan(designId, scan)
    return { items: slice.events, next: slice.next }
  })
  if (items.length > limit) return page(items, limit, (event) => String(event.position), eventAnswer)
  return { items: items.map(eventAnswer), next: next === null ? null : String(next) }
}

/**
 * Positions of what a filter takes, ascending, in the part of the log that one call may look at.
 * @throws {WorkbenchError} DESIGN_NOT_FOUND
 */
export async function logMatches(
  wb: Workbench,
  designId: string,
  query: { readonly after: number; readonly filter: LogFilter },
): Promise<LogMatches> {
  await wb.catalogue.load(designId)
  const { items, next } = await walkLog(query, LIMITS.logMatches, async (scan) => {
    const slice = await wb.store.events.scanPositions(designId, scan)
    return { items: slice.positions, next: slice.next }
  })
  return { positions: [...items], next }
}

/**
 * How far the log reaches; with a position or a time, where the first event at it or after it stands.
 * @throws {WorkbenchError} DESIGN_NOT_FOUND
 */
export async function logExtent(
  wb: Workbench,
  designId: string,
  query: { readonly position?: number | undefined; readonly time?: number | undefined },
): Promise<LogExtent> {
  await wb.catalogue.load(designId)
  const { events } = wb.store
  const ranks = logRanks(events, designId)
  const extent = await ranks.extent()
  const [first] = (await events.scan(designId, { limit: 1, most: 1 })).events
  const [last] = await events.readAt(designId, [extent.last])
  const place = await placeOf(wb, designId, query)
  return {
    events: extent.events,
    first: first?.position ?? 0,
    last: extent.last,
    firstAt: first?.recordedAt ?? 0,
    lastAt: last?.recordedAt ?? 0,
    position: place,
    rank: place === null ? null : await ranks.rankOf(place),
  }
}

async function placeOf(
  wb: Workbench,
  designId: string,
  { position, time }: { readonly position?: number | undefined; readonly time?: number | undefined },
): Promise<number | null> {
  const { events } = wb.store
  if (time !== undefined) return events.positionAt(designId, time)
  if (position === undefined) return null
  const { positions } = await events.scanPositions(designId, { after: position - 1, limit: 1, most: 1 })
  return positions[0] ?? null
}

/**
 * Events by place: from the `rank`-th on, or those at the positions named.
 * @throws {WorkbenchError} DESIGN_NOT_FOUND
 */
export async function rankedEvents(
  wb: Workbench,
  designId: string,
  query: {
    readonly rank: number
    readonly limit: number
    readonly positions?: readonly number[] | undefined
  },
): Promise<RankedEvents> {
  await wb.catalogue.load(designId)
  const { events } = wb.store
  const { rank, limit, positions } = query
  if (positions !== undefined)
    return { rank, items: (await events.readAt(designId, positions)).map(eventAnswer) }
  const after = await logRanks(events, designId).before(rank)
  const slice = await events.scan(designId, { after, limit, most: limit })
  return { rank, items: slice.events.map(eventAnswer) }
}
