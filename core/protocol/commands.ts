import { z } from 'zod'
import { type RecordedCommand, recordedCommand } from '../aggregate/recorded-command'
import { jsonSchema } from '../design/primitives'
import type { Json } from '../json'
import type { EventMetadata } from '../log/event'

/** Why an aggregate refused a command: a rule of its own, when one is named. */
export const rejectionSchema = z.object({
  code: z.string(),
  message: z.string(),
  rule: z.string().optional(),
})

/** A command that was put to an aggregate, and what came of it. */
export const recordedCommandSchema = z.object({
  /** Its place among the commands to this instance, from 1. */
  seq: z.number().int(),
  position: z.number().int(),
  recordedAt: z.number(),
  type: z.string(),
  payload: jsonSchema,
  commandId: z.string(),
  /** The time that `decide` was told. */
  at: z.number(),
  /** Version of the aggregate that it was decided at. */
  atVersion: z.number().int(),
  correlationId: z.string(),
  causationId: z.string(),
  userId: z.string().optional(),
  answer: z.discriminatedUnion('kind', [
    /** It led to `events` events, the last of them at `version`. */
    z.object({ kind: z.literal('accepted'), events: z.number().int(), version: z.number().int() }),
    rejectionSchema.extend({ kind: z.literal('rejected') }),
  ]),
})

export type Rejection = z.infer<typeof rejectionSchema>
export type RecordedCommandAnswer = z.infer<typeof recordedCommandSchema>

/**
 * A recorded command as the interface gives it.
 * @param event of a stream of commands
 * @returns null when what stands there is no recorded command
 */
export function commandOfEvent(event: {
  readonly type: string
  readonly data: Json
  readonly version: number
  readonly position: number
  readonly recordedAt: number
  readonly metadata: EventMetadata
}): RecordedCommandAnswer | null {
  const record = recordedCommand(event)
  if (!record) return null
  const { type, payload, commandId, at, atVersion } = record.data
  const { correlationId, causationId, userId } = event.metadata
  const { version: seq, position, recordedAt } = event
  const asked = { seq, position, recordedAt, type, payload, commandId, at, atVersion }
  const by = userId === undefined ? {} : { userId }
  return { ...asked, correlationId, causationId, ...by, answer: answerOf(record) }
}

function answerOf(record: RecordedCommand): RecordedCommandAnswer['answer'] {
  if (record.type === 'CommandAccepted') {
    const { events, atVersion } = record.data
    return { kind: 'accepted', events, version: atVersion + events }
  }
  const { code, message, rule } = record.data
  return { kind: 'rejected', code, message, ...(rule === undefined ? {} : { rule }) }
}
