import { z } from 'zod'
import { jsonSchema } from '../design/primitives'

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
