import { WorkbenchError } from '@/core/errors'
import type { ProjectionAction, ProjectionInfo } from '@/core/protocol'
import { assertNever } from '@/core/result'
import { projectionInfo } from '../queries/projections'
import type { Workbench } from '../workbench'

/** @throws {WorkbenchError} PROJECTION_NOT_FOUND, PROJECTION_ACTION_REFUSED */
export async function actOnProjection(
  wb: Workbench,
  designId: string,
  name: string,
  action: ProjectionAction,
): Promise<ProjectionInfo> {
  const loaded = await wb.catalogue.load(designId)
  const runner = await wb.projections.get(loaded, name)
  const status = runner.progress?.state.status
  switch (action.action) {
    case 'rebuild':
      await runner.startRebuild()
      break
    case 'pause':
      if (status !== 'running')
        throw new WorkbenchError(
          'PROJECTION_ACTION_REFUSED',
          `Projection "${name}" is ${status}; only a running one can be paused.`,
        )
      await runner.pause()
      break
    case 'resume':
      if (status === 'running')
        throw new WorkbenchError('PROJECTION_ACTION_REFUSED', `Projection "${name}" is running already.`)
      await runner.resume()
      break
    case 'skip':
      if (status !== 'faulted')
        throw new WorkbenchError(
          'PROJECTION_ACTION_REFUSED',
          `Projection "${name}" has no fault to pass over.`,
        )
      await runner.skip()
      break
    case 'set-delay':
      await runner.setDelay(action.delayMs)
      break
    default:
      return assertNever(action)
  }
  return projectionInfo(wb, loaded, name)
}
