import type { Json } from '../json'

/** Which events of a log are wanted: all that is said must hold. What is not said holds. */
export interface LogFilter {
  /** A stream's id; with `*` at the end, every stream whose id begins so. */
  readonly stream?: string
  readonly types?: readonly string[]
  readonly correlationId?: string
  /** Stands somewhere in the data as JSON text; `a` to `z` in capitals or not. */
  readonly text?: string
  /** Recorded then or later, epoch ms. */
  readonly from?: number
  /** Recorded then or earlier, epoch ms. */
  readonly to?: number
}

/** What a filter looks at. */
export interface FilteredEvent {
  readonly streamId: string
  readonly type: string
  readonly data: Json
  readonly metadata: { readonly correlationId: string }
  readonly recordedAt: number
}

/**
 * Whether an event is one of those wanted. The store answers the same from disk, so that what comes live is judged here
 * and what is read there, and both agree.
 */
export function matchesFilter(event: FilteredEvent, filter: LogFilter): boolean {
  const { stream, types, correlationId, text, from, to } = filter
  if (stream !== undefined && !isOfStream(event.streamId, stream)) return false
  if (types !== undefined && !types.includes(event.type)) return false
  if (correlationId !== undefined && event.metadata.correlationId !== correlationId) return false
  if (from !== undefined && event.recordedAt < from) return false
  if (to !== undefined && event.recordedAt > to) return false
  return text === undefined || lowerAscii(JSON.stringify(event.data)).includes(lowerAscii(text))
}

/** The beginning that streams are to have, when the filter is one with a `*`; null when it names one stream. */
export const streamPrefix = (stream: string): string | null =>
  stream.endsWith('*') ? stream.slice(0, -1) : null

export const isUnfiltered = (filter: LogFilter): boolean =>
  Object.values(filter).every((one) => one === undefined)

/** As SQLite's `lower` does it: other letters stay as they are. */
export const lowerAscii = (text: string): string =>
  text.replace(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 32))

function isOfStream(streamId: string, stream: string): boolean {
  const prefix = streamPrefix(stream)
  return prefix === null ? streamId === stream : streamId.startsWith(prefix)
}
