import { WorkbenchError } from '@/core/errors'
import type { Page, ProjectionInfo } from '@/core/protocol'
import type { LoadedDesign } from '../engine/loaded-design'
import type { Workbench } from '../workbench'

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

export async function listProjections(wb: Workbench, designId: string): Promise<Page<ProjectionInfo>> {
  const loaded = await wb.catalogue.load(designId)
  const items = await Promise.all(loaded.design.projections.map(({ id }) => projectionInfo(wb, loaded, id)))
  return { items, next: null }
}
