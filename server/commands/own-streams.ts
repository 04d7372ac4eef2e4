import { aggregateStream } from '@/core/aggregate/stream'
import { isJsonObject, type Json } from '@/core/json'
import type { NewEvent, RecordedEvent, StreamAppend } from '@/core/log/event'
import { renamed, type SagaEvent } from '@/core/saga'
import { readStream } from '../engine/read-stream'
import { copyMessageId } from '../engine/run-messages'
import type { Workbench } from '../workbench'

/**
 * Copies, for a fork, of what the run owns: the aggregates whose key is the run's id, as far as it had brought them.
 * @param events those that the fork takes over
 */
export async function ownStreams(
  wb: Workbench,
  designId: string,
  runId: string,
  newId: string,
  events: readonly SagaEvent[],
): Promise<readonly StreamAppend[]> {
  const versions = new Map<string, number>()
  for (const event of events) {
    const output = outputOf(event)
    if (!isJsonObject(output) || output.key !== runId || typeof output.version !== 'number') continue
    const aggregate = String(output.aggregate)
    versions.set(aggregate, Math.max(versions.get(aggregate) ?? 0, output.version))
  }
  return Promise.all(
    [...versions]
      .filter(([, version]) => version > 0)
      .map(async ([aggregate, version]): Promise<StreamAppend> => {
        const from = aggregateStream(aggregate, runId)
        const copied = await readStream(wb.store.events, designId, from, 1, version)
        return {
          designId,
          streamId: aggregateStream(aggregate, newId),
          expectedVersion: 'no-stream',
          events: copied.map((event) => copyOf(event, runId, newId)),
        }
      }),
  )
}

/** What a command came to stands where its work was done: also where its output expression then failed. */
function outputOf({ type, data }: SagaEvent): Json {
  if (type === 'StepCompleted' || type === 'CompensationCompleted') return data.output
  return type === 'StepFailed' ? (data.output ?? null) : null
}

const copyOf = (event: RecordedEvent, runId: string, newId: string): NewEvent => ({
  type: event.type,
  data: renamed(event.data, runId, newId),
  metadata: {
    ...event.metadata,
    messageId: copyMessageId(newId, event.streamId, event.version),
    correlationId: newId,
    causationId: event.metadata.messageId,
  },
})
