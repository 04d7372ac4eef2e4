import type { RecordedEvent } from '@/core/log/event'
import { parseColumn } from './json-column'
import { insertJsonRows } from './json-rows'

/** A row of Event as read with EVENT_COLUMNS. */
export interface EventRow {
  readonly position: number
  readonly designId: string
  readonly streamId: string
  readonly version: number
  readonly type: string
  readonly data: string
  readonly messageId: string
  readonly correlationId: string
  readonly causationId: string
  readonly userId: string | null
  readonly schemaVersion: number
  readonly recordedAt: number
}

/** `+recordedAt` hides that the column is BIGINT, which Prisma would turn into a string and then a BigInt. */
export const EVENT_COLUMNS =
  'position, designId, streamId, version, type, data, messageId, correlationId, causationId, userId, schemaVersion, +recordedAt AS recordedAt'

/** @throws {WorkbenchError} CORRUPT_EVENT, naming the position */
export function eventOfRow(row: EventRow): RecordedEvent {
  const { position, designId, streamId, version, type, recordedAt, userId } = row
  const { messageId, correlationId, causationId, schemaVersion } = row
  const metadata = { messageId, correlationId, causationId, schemaVersion }
  return {
    type,
    data: parseColumn(row.data, `Event at position ${position} (${streamId} version ${version})`, {
      position,
      streamId,
      version,
      type,
    }),
    metadata: userId === null ? metadata : { ...metadata, userId },
    position,
    designId,
    streamId,
    version,
    recordedAt,
  }
}

/** As many rows as the JSON has. Its transaction has asked the fence. */
export const INSERT_EVENTS = insertJsonRows('Event', [
  'position',
  'designId',
  'streamId',
  'version',
  'type',
  'data',
  'messageId',
  'correlationId',
  'causationId',
  'userId',
  'schemaVersion',
  'recordedAt',
])

/** @param data the event's data as JSON text, serialized once when it was queued */
export function insertRow(event: RecordedEvent, data: string): readonly (string | number | null)[] {
  const { messageId, correlationId, causationId, userId, schemaVersion } = event.metadata
  return [
    event.position,
    event.designId,
    event.streamId,
    event.version,
    event.type,
    data,
    messageId,
    correlationId,
    causationId,
    userId ?? null,
    schemaVersion,
    event.recordedAt,
  ]
}
