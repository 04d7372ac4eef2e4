import type { Json } from '../json'

/** Who asked, what caused it, what it belongs to. */
export interface EventMetadata {
  /** Unique in the whole log: appending a message twice is once. */
  readonly messageId: string
  /** The run or command everything in one story shares. */
  readonly correlationId: string
  /** The message that led to this one. */
  readonly causationId: string
  readonly userId?: string
  /** Version of the event's data, lifted by upcasters. Starts at 1. */
  readonly schemaVersion: number
}

/** An event before it is on disk. */
export interface NewEvent<Type extends string = string, Data = Json> {
  readonly type: Type
  readonly data: Data
  readonly metadata: EventMetadata
}

/** An event as the log returns it. */
export interface RecordedEvent<Type extends string = string, Data = Json> extends NewEvent<Type, Data> {
  /** 1-based, ascending over the whole log, gap-free to its readers. */
  readonly position: number
  readonly designId: string
  /** `run-{runId}` or `{aggregate}-{key}`; unique within its design. */
  readonly streamId: string
  /** 1-based, gap-free within its stream. */
  readonly version: number
  /** Epoch milliseconds on the wall clock of the writer. */
  readonly recordedAt: number
}

/** `"any"` is said outright; there is no silent "no check". A number is the version the stream must be at. */
export type ExpectedVersion = number | 'no-stream' | 'any'

export interface StreamAppend {
  readonly designId: string
  readonly streamId: string
  readonly expectedVersion: ExpectedVersion
  readonly events: readonly NewEvent[]
}
