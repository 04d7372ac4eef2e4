import type { ProjectionChange } from '@/core/protocol'
import type { ProjectionChanged } from '../../engine/projections'
import type { Workbench } from '../../workbench'
import type { TopicSource, Unit } from './source'

/** Rows that changed, and where the projection stands. */
export type ProjectionNews = Pick<ProjectionChanged, 'rows' | 'progress'>

/** One projection's rows and where it stands. Positions are its checkpoint. */
export interface ProjectionSource extends TopicSource {
  /** Where it stands, and the position of the design's last event. */
  now(): Promise<{ readonly progress: ProjectionNews['progress']; readonly head: number } | null>
}

export function projectionSource(wb: Workbench, designId: string, name: string): ProjectionSource {
  async function now() {
    const loaded = await wb.catalogue.load(designId)
    const { progress } = await wb.projections.get(loaded, name)
    if (!progress) return null
    const { head } = await wb.store.events.lag(designId, progress.state.checkpoint)
    return { progress, head }
  }
  return {
    kind: 'rows',
    now,
    position: async () => (await now())?.progress.state.checkpoint ?? 0,
    async read(after) {
      const present = await now()
      if (!present) return { events: [], position: after }
      const { events, position } = projectionUnit({ rows: {}, progress: present.progress }, present.head)
      return {
        events: after === position ? events : events.map((one) => ({ ...one, reload: true })),
        position,
      }
    },
    settled: () => null,
  }
}

/** @param head position of the design's last event */
export function projectionUnit({ rows, progress }: ProjectionNews, head: number): Unit<ProjectionChange> {
  const { checkpoint, status, delayMs } = progress.state
  const change = {
    rows: rows ?? {},
    checkpoint,
    head: Math.max(head, checkpoint),
    status: progress.rebuilding === null ? status : 'rebuilding',
    rebuilding: progress.rebuilding,
    delayMs,
    ...(rows === null ? { reload: true } : {}),
  }
  return { events: [change], from: checkpoint, position: checkpoint }
}

/** Two changes in a row as one. Past a swap of generations only reading again helps. */
export function mergeProjectionUnits(
  first: Unit<ProjectionChange>,
  second: Unit<ProjectionChange>,
): Unit<ProjectionChange> {
  const [before, after] = [first.events[0], second.events[0]]
  if (!before || !after) return second
  const reload = before.reload === true || after.reload === true
  const rows = reload ? {} : { ...before.rows, ...after.rows }
  return { ...second, events: [{ ...after, rows, ...(reload ? { reload } : {}) }] }
}
