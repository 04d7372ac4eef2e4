import { WrongExpectedVersionError } from '@/core/log/errors'
import type { StreamAppend } from '@/core/log/event'

/**
 * Whether a stream at `actual` may take this append.
 * @param actual version of the stream; 0 when there is none
 */
export function versionConflict(append: StreamAppend, actual: number): WrongExpectedVersionError | null {
  const { designId, streamId, expectedVersion } = append
  if (expectedVersion === 'any') return null
  const wanted = expectedVersion === 'no-stream' ? 0 : expectedVersion
  return wanted === actual ? null : new WrongExpectedVersionError(designId, streamId, expectedVersion, actual)
}

/** A stream's key in maps. Ids hold no NUL. */
export function streamKey(stream: { readonly designId: string; readonly streamId: string }): string {
  return `${stream.designId}\0${stream.streamId}`
}
