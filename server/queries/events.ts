import { WorkbenchError } from '@/core/errors'
import type { RecordedEvent } from '@/core/log/event'
import type { EventAnswer, Page, StreamAnswer } from '@/core/protocol'
import type { Workbench } from '../workbench'

/** An event as the interface gives it. */
export function eventAnswer(event: RecordedEvent): EventAnswer {
  const { designId: _designId, ...answer } = event
  return answer as EventAnswer
}

/** Makes a page of a list read with one item more than asked for. */
export function page<T, U>(
  items: readonly T[],
  limit: number,
  cursor: (item: T) => string,
  show: (item: T) => U,
): Page<U> {
  const shown = items.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(show), next: items.length > limit && last !== undefined ? cursor(last) : null }
}

export interface ListQuery {
  readonly limit: number
  readonly after?: string | undefined
}

/**
 * Makes a page of a list that is there as a whole.
 * @throws {WorkbenchError} INVALID_QUERY when `after` is no cursor of it
 */
export function pageOfWhole<T>(
  list: readonly T[],
  { limit, after }: ListQuery,
  cursor: (item: T) => string,
): Page<T> {
  const at = after === undefined ? -1 : list.findIndex((item) => cursor(item) === after)
  if (after !== undefined && at < 0) throw noSuchCursor(after)
  return page(list.slice(at + 1), limit, cursor, (item) => item)
}

/** What an empty page is not: the end of the list. */
export const noSuchCursor = (after: string): WorkbenchError =>
  new WorkbenchError(
    'INVALID_QUERY',
    `after is no cursor of this list: nothing in it is called "${after}", or no longer. Take \`next\` of the page before, or begin anew.`,
  )

export async function listStreams(
  wb: Workbench,
  designId: string,
  query: {
    readonly prefix?: string | undefined
    readonly after?: number | undefined
    readonly limit: number
  },
): Promise<Page<StreamAnswer>> {
  await wb.catalogue.load(designId)
  const { prefix, after, limit } = query
  const streams = await wb.store.events.streams(designId, {
    limit: limit + 1,
    ...(prefix === undefined ? {} : { prefix }),
    ...(after === undefined ? {} : { after }),
  })
  return page(
    streams,
    limit,
    (stream) => String(stream.position),
    (stream) => stream,
  )
}

/**
 * Versions `from` to `to` of one stream, both inclusive; `after`, the cursor of the page before, goes on from there.
 * @throws {WorkbenchError} DESIGN_NOT_FOUND, STREAM_NOT_FOUND
 */
export async function streamEvents(
  wb: Workbench,
  designId: string,
  streamId: string,
  query: {
    readonly from: number
    readonly to?: number | undefined
    readonly after: number
    readonly limit: number
  },
): Promise<Page<EventAnswer>> {
  await wb.catalogue.load(designId)
  const { from, to, after, limit } = query
  const events = await wb.store.events.read(designId, streamId, {
    from: Math.max(from, after + 1),
    limit: limit + 1,
    ...(to === undefined ? {} : { to }),
  })
  if (events.length === 0 && (await wb.store.events.streamVersion(designId, streamId)) === 0)
    throw new WorkbenchError('STREAM_NOT_FOUND', `This design has no stream "${streamId}".`)
  return page(events, limit, (event) => String(event.version), eventAnswer)
}
