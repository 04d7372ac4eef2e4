import { findAggregate } from '@/core/aggregate/handle'
import { checkKey, commandsStream } from '@/core/aggregate/stream'
import { WorkbenchError } from '@/core/errors'
import { commandOfEvent, type Page, type RecordedCommandAnswer } from '@/core/protocol'
import type { Workbench } from '../workbench'
import { page } from './events'

/**
 * The commands that were put to one instance, with what was answered.
 * @param query.after `seq` of the last one seen, in either order
 * @throws {WorkbenchError} DESIGN_NOT_FOUND, AGGREGATE_NOT_FOUND, INVALID_ID
 */
export async function listCommands(
  wb: Workbench,
  designId: string,
  aggregate: string,
  key: string,
  query: { readonly order: 'newest' | 'oldest'; readonly after?: number | undefined; readonly limit: number },
): Promise<Page<RecordedCommandAnswer>> {
  const checked = checkKey(key)
  if (!checked.ok) throw new WorkbenchError('INVALID_ID', checked.error)
  const { design } = await wb.catalogue.load(designId)
  if (!findAggregate(design, aggregate))
    throw new WorkbenchError('AGGREGATE_NOT_FOUND', `This design has no aggregate "${aggregate}".`)
  const { order, after, limit } = query
  const from = after === undefined ? {} : { from: order === 'newest' ? after - 1 : after + 1 }
  const events = await wb.store.events.read(designId, commandsStream(aggregate, key), {
    ...from,
    direction: order === 'newest' ? 'backwards' : 'forwards',
    limit: limit + 1,
  })
  const read = page(events, limit, (event) => String(event.version), commandOfEvent)
  return { ...read, items: read.items.flatMap((item) => item ?? []) }
}
