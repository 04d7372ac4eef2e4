import { runStream } from '@/core/aggregate/stream'
import { isWorkbenchError, WorkbenchError } from '@/core/errors'
import { assertNever } from '@/core/result'
import { designOfRun } from '../../queries/runs'
import type { Workbench } from '../../workbench'
import { logSource } from './log-source'
import { type ProjectionSource, projectionSource } from './projection-source'
import { runsSource } from './runs-source'
import type { TopicSource } from './source'
import { streamSource } from './stream-source'
import type { TopicName } from './topic-name'

/** A topic that exists, and where it stands. */
export interface FoundTopic {
  readonly designId: string
  readonly source: TopicSource
  readonly position: number
  readonly projection: Awaited<ReturnType<ProjectionSource['now']>>
}

/** @throws {WorkbenchError} TOPIC_NOT_FOUND, STORE_UNAVAILABLE */
export async function findTopic(wb: Workbench, name: TopicName): Promise<FoundTopic> {
  try {
    return await find(wb, name)
  } catch (error) {
    if (!isWorkbenchError(error) || !error.code.endsWith('_NOT_FOUND')) throw error
    throw new WorkbenchError('TOPIC_NOT_FOUND', error.message, {}, { cause: error })
  }
}

async function find(wb: Workbench, name: TopicName): Promise<FoundTopic> {
  const { events } = wb.store
  switch (name.kind) {
    case 'run': {
      const designId = await designOfRun(wb, name.runId)
      return plain(designId, streamSource(events, designId, runStream(name.runId)))
    }
    case 'stream':
      await wb.catalogue.load(name.designId)
      return plain(name.designId, streamSource(events, name.designId, name.streamId))
    case 'runs':
      await wb.catalogue.load(name.designId)
      return plain(name.designId, runsSource(wb, name.designId))
    case 'log':
      await wb.catalogue.load(name.designId)
      return plain(name.designId, logSource(events, name.designId))
    case 'projection': {
      const source = projectionSource(wb, name.designId, name.name)
      const projection = await source.now()
      const { designId } = name
      return { designId, source, projection, position: projection?.progress.state.checkpoint ?? 0 }
    }
    default:
      return assertNever(name)
  }
}

async function plain(designId: string, source: TopicSource): Promise<FoundTopic> {
  return { designId, source, projection: null, position: await source.position() }
}
