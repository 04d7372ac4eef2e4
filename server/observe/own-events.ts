import { runOfStream } from '@/core/aggregate/stream'
import type { RecordedEvent } from '@/core/log/event'
import type { SagaEvent } from '@/core/saga'
import { sagaEvent } from '../engine/run-messages'

export interface RunEventFound {
  readonly runId: string
  readonly recorded: RecordedEvent
  readonly event: SagaEvent
}

/**
 * The events of runs in one commit that say what has happened now. A fork begins with the history of another run, in
 * one append: that has been told of when it happened.
 */
export function* ownRunEvents(events: readonly RecordedEvent[]): Generator<RunEventFound> {
  let taken: Map<string, number> | null = null
  for (const recorded of events) {
    const runId = runOfStream(recorded.streamId)
    if (runId === null) continue
    const event = sagaEvent(recorded)
    if (event.type === 'SagaStarted' && event.data.forkedFrom) {
      taken ??= new Map()
      taken.set(recorded.streamId, event.data.forkedFrom.seq)
    } else if (taken && recorded.version <= (taken.get(recorded.streamId) ?? 0)) continue
    yield { runId, recorded, event }
  }
}
