import { asJson } from '@/core/json'
import type { NewEvent, RecordedEvent } from '@/core/log/event'
import type { DecidedEvent, SagaEvent } from '@/core/saga'

/** A run's events have ids of their own: run and sequence number. Appending one twice is once. */
export const runMessageId = (runId: string, seq: number): string => `${runId}:${seq}`

/** Copies of what an aggregate has been through, which a fork has for its own, have ids of their own. */
export const copyMessageId = (forkId: string, streamId: string, version: number): string =>
  `${forkId}:copy:${streamId}:${version}`

export const isCopyMessage = (messageId: string): boolean => /^[a-z0-9]+:copy:/.test(messageId)

/** A run, and the story that it is a part of: that of the event which set it off, or its own. */
export interface RunStory {
  readonly runId: string
  readonly correlationId: string
}

/**
 * A decision's events as the log takes them.
 * @param firstSeq sequence number of the first of them
 * @param outsideCause what a cause of 0 means: the request or message that came from outside the run
 */
export function runMessages(
  { runId, correlationId }: RunStory,
  firstSeq: number,
  events: readonly DecidedEvent[],
  outsideCause: string,
  userId?: string,
): readonly NewEvent[] {
  return events.map(({ type, data, cause }, index) => ({
    type,
    data: asJson(data),
    metadata: {
      messageId: runMessageId(runId, firstSeq + index),
      correlationId,
      causationId: cause === 0 ? outsideCause : runMessageId(runId, cause),
      ...(userId === undefined ? {} : { userId }),
      schemaVersion: 1,
    },
  }))
}

/** A recorded event of a run as `decide` gave it: with the number of the event that led to it. */
export function decidedEvent(event: RecordedEvent, runId: string): DecidedEvent {
  const { type, data } = sagaEvent(event)
  const [of, seq] = event.metadata.causationId.split(':')
  return { type, data, cause: of === runId && seq !== undefined ? Number(seq) : 0 } as DecidedEvent
}

/** An event of a run's stream as the interpreter knows it: only a run writes there, and what it decided. */
export const sagaEvent = (event: RecordedEvent): SagaEvent => event as unknown as SagaEvent
