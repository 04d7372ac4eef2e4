import { isWorkbenchError } from '@/core/errors'

/** Where an event stands that cannot be read. */
export interface CorruptEvent {
  readonly position: number
  readonly streamId: string
  readonly version: number
  readonly type: string
  readonly message: string
}

/** Which event of the log an error is about; null when it is about anything else. */
export function corruptEventOf(error: unknown): CorruptEvent | null {
  if (!isWorkbenchError(error) || error.code !== 'CORRUPT_EVENT') return null
  const { position, streamId, version, type } = error.details
  if (typeof position !== 'number' || typeof version !== 'number') return null
  return { position, streamId: String(streamId), version, type: String(type), message: error.message }
}
