import { runSummary } from '../../queries/runs'
import type { Workbench } from '../../workbench'
import type { TopicSource } from './source'

/** Rows read at once for somebody who catches up. */
const PAGE = 500

/** A design's list of runs: rows as they are now, of the runs that changed. Positions are the log's. */
export function runsSource({ runs, store }: Workbench, designId: string): TopicSource {
  return {
    kind: 'log',
    position: async () => runs.position(),
    async read(after) {
      // Rows are stored up to here at least: what the log has beyond comes live.
      const shown = runs.position()
      const rows = await store.runs.changedSince(designId, after, PAGE)
      const last = rows.at(-1)
      const position = rows.length === PAGE && last ? last.position : Math.max(after, shown)
      return { events: rows.map(runSummary), position }
    },
    settled: () => runs.position(),
  }
}
