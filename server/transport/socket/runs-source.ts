import { runOfStream } from '@/core/aggregate/stream'
import { STATUS_EVENTS } from '../../engine/run-indexer'
import type { Workbench } from '../../workbench'
import type { TopicSource } from './source'

/** Status changes read at once for somebody who catches up. */
const PAGE = 500

/** A design's list of runs: rows as they are now, of the runs whose status changed. Positions are the log's. */
export function runsSource({ runs, store }: Workbench, designId: string): TopicSource {
  return {
    kind: 'log',
    position: async () => runs.position(),
    async read(after) {
      // Rows are stored up to here at least: what the log has beyond comes live.
      const shown = runs.position()
      const options = { designId, types: STATUS_EVENTS, limit: PAGE }
      const all = await store.events.readAll(after, options)
      const events = all.filter((event) => event.position <= shown)
      const ids = new Set(events.flatMap((event) => runOfStream(event.streamId) ?? []))
      const rows = await store.runs.find([...ids])
      const last = events.at(-1)
      const position = all.length === PAGE && last ? last.position : Math.max(after, shown)
      return { events: rows, position }
    },
    settled: () => runs.position(),
  }
}
