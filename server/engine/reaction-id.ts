import { createHash } from 'node:crypto'
import type { RecordedEvent } from '@/core/log/event'
import { timedId } from './run-id'

/**
 * The id of what a policy does about an event: of the run that it starts, or within that of the command that it sends.
 * It follows from the two alone, so a delivery that is repeated asks for the same thing and is recognized.
 */
export function reactionId(policyId: string, { metadata, recordedAt }: RecordedEvent): string {
  const text = JSON.stringify([policyId, metadata.messageId])
  return timedId(recordedAt, createHash('sha256').update(text).digest())
}

export const reactionCommandId = (policyId: string, event: RecordedEvent): string =>
  `policy:${policyId}:${reactionId(policyId, event)}`

/**
 * Whether a policy's command led to this event of an aggregate, or is recorded in it: both carry its id in theirs, behind
 * the stream they stand in.
 */
export const isReactionMessage = ({ designId, streamId, metadata }: RecordedEvent): boolean =>
  metadata.messageId.startsWith(`${designId}/${streamId}/policy:`)
