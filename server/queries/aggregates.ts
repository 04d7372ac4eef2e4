import { checkKey } from '@/core/aggregate/stream'
import { WorkbenchError } from '@/core/errors'
import type { AggregateState } from '@/core/protocol'
import type { Workbench } from '../workbench'

/** @throws {WorkbenchError} AGGREGATE_NOT_FOUND, VERSION_OUT_OF_RANGE, INVALID_ID, CODE_* */
export async function aggregateState(
  wb: Workbench,
  designId: string,
  aggregate: string,
  key: string,
  point: { readonly version?: number | undefined; readonly at?: number | undefined },
): Promise<AggregateState> {
  const checked = checkKey(key)
  if (!checked.ok) throw new WorkbenchError('INVALID_ID', checked.error)
  const loaded = await wb.catalogue.load(designId)
  return wb.aggregates.stateAt(loaded, aggregate, key, {
    ...(point.version === undefined ? {} : { version: point.version }),
    ...(point.at === undefined ? {} : { at: point.at }),
  })
}
