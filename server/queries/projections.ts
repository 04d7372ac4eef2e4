import { WorkbenchError } from '@/core/errors'
import type { Page, ProjectionInfo } from '@/core/protocol'
import type { LoadedDesign } from '../engine/loaded-design'
import { LIMITS } from '../limits'
import type { Workbench } from '../workbench'
import { type ListQuery, pageOfWhole } from './events'

/** Where a projection stands. @throws {WorkbenchError} PROJECTION_NOT_FOUND */
export async function projectionInfo(
  wb: Workbench,
  loaded: LoadedDesign,
  name: string,
): Promise<ProjectionInfo> {
  const progress = (await wb.projections.get(loaded, name)).progress
  if (!progress) throw new WorkbenchError('PROJECTION_NOT_FOUND', `This design has no projection "${name}".`)
  const { state, rebuilding } = progress
  const { lag, head } = await wb.store.events.lag(loaded.id, state.checkpoint)
  return {
    name,
    checkpoint: state.checkpoint,
    head,
    lag,
    status: rebuilding === null ? state.status : 'rebuilding',
    rebuilding,
    delayMs: state.delayMs,
    fault: state.fault,
    rows: await wb.store.projections.count(loaded.id, name, state.generation),
  }
}

/** In the design's order. @throws {WorkbenchError} DESIGN_NOT_FOUND; INVALID_QUERY when `after` is no projection */
export async function listProjections(
  wb: Workbench,
  designId: string,
  query: ListQuery = { limit: LIMITS.listMost },
): Promise<Page<ProjectionInfo>> {
  const loaded = await wb.catalogue.load(designId)
  const { items, next } = pageOfWhole(loaded.design.projections, query, ({ id }) => id)
  return { items: await Promise.all(items.map(({ id }) => projectionInfo(wb, loaded, id))), next }
}
