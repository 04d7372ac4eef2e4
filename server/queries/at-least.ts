import { WorkbenchError } from '@/core/errors'
import type { LoadedDesign } from '../engine/loaded-design'
import type { ProjectionProgress } from '../engine/projection-runner'
import { LIMITS } from '../limits'
import type { Workbench } from '../workbench'

/** A read that wants to see what was written: it waits until the projection has come to the position of the write. */
export interface AtLeast {
  readonly atLeast?: number | undefined
  readonly waitMs?: number | undefined
}

/**
 * Resolves once a projection has folded every event of the design up to a position.
 * @throws {WorkbenchError} PROJECTION_BEHIND when it has not come so far in time, or stands still before it;
 *   INVALID_QUERY for a position that the log has not come to
 */
export async function waitFor(
  wb: Workbench,
  loaded: LoadedDesign,
  name: string,
  { atLeast, waitMs = LIMITS.readWaitMs }: AtLeast,
): Promise<void> {
  if (atLeast === undefined) return
  const head = await wb.store.events.head()
  if (atLeast > head)
    throw new WorkbenchError(
      'INVALID_QUERY',
      `atLeast is ${atLeast}, and the log has only come to ${head}: take the position from the answer to a write.`,
    )
  const giveUpAt = performance.now() + waitMs
  let changed: () => void = () => undefined
  const stop = wb.projections.onChange((change) => {
    if (change.designId === loaded.id && change.name === name) changed()
  })
  let alarm: NodeJS.Timeout | undefined
  try {
    for (;;) {
      const next = new Promise<void>((resolve) => {
        changed = resolve
      })
      const { progress } = await wb.projections.get(loaded, name)
      if (progress && (await hasReached(wb, progress, atLeast))) return
      const leftMs = giveUpAt - performance.now()
      const stands = progress !== null && progress.rebuilding === null && progress.state.status !== 'running'
      if (leftMs <= 0 || stands) throw behind(name, progress, atLeast, stands ? null : waitMs)
      clearTimeout(alarm)
      await Promise.race([
        next,
        new Promise<void>((resolve) => {
          alarm = setTimeout(resolve, leftMs)
        }),
      ])
    }
  } finally {
    clearTimeout(alarm)
    stop()
  }
}

/** The checkpoint is a position of the design's own events: of those there may be none between it and the one asked for. */
async function hasReached(wb: Workbench, { state }: ProjectionProgress, atLeast: number): Promise<boolean> {
  if (state.checkpoint >= atLeast) return true
  const [next] = await wb.store.events.readAll(state.checkpoint, { designId: state.designId, limit: 1 })
  return next === undefined || next.position > atLeast
}

function behind(
  name: string,
  progress: ProjectionProgress | null,
  atLeast: number,
  waitedMs: number | null,
): WorkbenchError {
  const checkpoint = progress?.state.checkpoint ?? 0
  const status = progress?.state.status ?? 'running'
  return new WorkbenchError(
    'PROJECTION_BEHIND',
    waitedMs === null
      ? `Projection "${name}" is ${status} at ${checkpoint}: it does not come to ${atLeast} by waiting.`
      : `Projection "${name}" has come to ${checkpoint}, and not to ${atLeast} within ${waitedMs} ms. Ask again, or for less.`,
    { atLeast, projection: { checkpoint, status } },
  )
}
