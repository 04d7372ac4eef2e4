import { setImmediate as nextTurn } from 'node:timers/promises'
import { isJsonObject } from '@/core/json'
import type { RecordedEvent } from '@/core/log/event'
import { logHeader } from '@/core/log/file'
import { isUnfiltered, type LogFilter } from '@/core/log/filter'
import type { Workbench } from '../workbench'
import { eventAnswer } from './events'
import { logRanks } from './log-ranks'

/** Events in one chunk, and those looked at for it. */
const CHUNK_EVENTS = 250
const CHUNK_LOOKED_AT = 5_000

/**
 * A design's log as it stands now, as lines of a file; each chunk is read when the one before it was taken.
 * @returns the name a file of it may have, and the lines
 * @throws {WorkbenchError} DESIGN_NOT_FOUND
 */
export async function exportLog(
  wb: Workbench,
  designId: string,
  filter: LogFilter,
): Promise<{ readonly fileName: string; readonly lines: AsyncIterable<string> }> {
  const { design, version } = await wb.catalogue.load(designId)
  const { events, last } = await logRanks(wb.store.events, designId).extent()
  const none = isUnfiltered(filter)
  const about = { id: designId, name: design.name, version }
  const header = logHeader(about, none ? events : null, none ? null : filter)
  const name =
    design.name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '') || 'design'
  return {
    fileName: `${name}.log.ndjson`,
    lines: lines(wb, designId, JSON.stringify(header), version, filter, last),
  }
}

async function* lines(
  wb: Workbench,
  designId: string,
  header: string,
  newest: number,
  filter: LogFilter,
  last: number,
): AsyncGenerator<string> {
  yield `${header}\n${await designLine(wb, designId, newest)}`
  const written = new Set([newest])
  let after: number | null = 0
  while (after !== null) {
    const slice = await wb.store.events.scan(designId, {
      after,
      before: last + 1,
      filter,
      limit: CHUNK_EVENTS,
      most: CHUNK_LOOKED_AT,
    })
    let chunk = ''
    for (const event of slice.events) {
      const version = startedWith(event)
      // A run must find the version it was started with, and a design may have hundreds that none was.
      if (version !== null && !written.has(version)) {
        written.add(version)
        chunk += await designLine(wb, designId, version)
      }
      chunk += `${JSON.stringify(eventAnswer(event))}\n`
    }
    if (chunk !== '') yield chunk
    after = slice.next
    await nextTurn()
  }
}

async function designLine(wb: Workbench, designId: string, version: number): Promise<string> {
  const row = await wb.store.designs.get(designId, version)
  if (!row) return ''
  const design = { version, name: row.name, document: row.document }
  return `${JSON.stringify({ design })}\n`
}

/** The design version that a run begins with, if this is where one begins. */
function startedWith({ type, streamId, data }: RecordedEvent): number | null {
  if (type !== 'SagaStarted' || !streamId.startsWith('run-') || !isJsonObject(data)) return null
  return typeof data.designVersion === 'number' ? data.designVersion : null
}
