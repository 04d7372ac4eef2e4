import { z } from 'zod'
import { jsonSchema, typeNameSchema } from '../design/primitives'
import { TRAVEL_LIMITS } from '../travel/limits'
import { rejectionSchema } from './commands'
import { recordedEventSchema } from './designs'
import { rowSchema } from './projections'
import { runAnswerSchema } from './run-view'
import type { RunAnswer } from './runs'

/** Body of `POST …/what-if`. */
export const whatIfSchema = z.strictObject({
  /** The version at which the first command meets the aggregate; without it, the latest. */
  version: z.number().int().min(0).optional(),
  commands: z
    .array(
      z.strictObject({
        type: typeNameSchema,
        payload: jsonSchema.default({}),
        /** Epoch ms that the command comes at; without it, now. */
        at: z.number().int().min(0).optional(),
        /** As it would be sent with it, for a `decide` that writes it down. */
        commandId: z.string().min(1).max(128).optional(),
      }),
    )
    .min(1)
    .max(TRAVEL_LIMITS.whatIfCommands),
})

/** Answer of `POST …/what-if`: the commands one after the other, and the state that they would lead to. */
export const whatIfAnswerSchema = z.object({
  /** Where the first command met the aggregate. */
  from: z.object({ version: z.number().int(), state: jsonSchema }),
  steps: z.array(
    z.object({
      type: z.string(),
      events: z.array(z.object({ type: z.string(), data: jsonSchema })),
      rejection: rejectionSchema.nullable(),
      /** After the command; so is the state. */
      version: z.number().int(),
      state: jsonSchema,
    }),
  ),
  state: jsonSchema,
  version: z.number().int(),
})

/** Why one of several could not be shown; the others are. */
const problemSchema = z.object({ code: z.string(), message: z.string() }).nullable()

const aggregateAtSchema = z.object({
  kind: z.literal('aggregate'),
  streamId: z.string(),
  aggregate: z.string(),
  key: z.string(),
  /** How many of its events stand at or before the position, and how many it has by now. */
  version: z.number().int(),
  head: z.number().int(),
  state: jsonSchema,
  problem: problemSchema,
})

const runSchema: z.ZodType<RunAnswer> = runAnswerSchema

const runAtSchema = z.object({
  kind: z.literal('run'),
  streamId: z.string(),
  version: z.number().int(),
  head: z.number().int(),
  /** Null before it began. */
  run: runSchema.nullable(),
})

const projectionAtSchema = z.object({
  name: z.string(),
  /** `present`: its rows as they stand, which is where it had got to; `folded`: folded anew up to the position. */
  source: z.enum(['present', 'folded']),
  /** The position its rows stand at: below the one asked for, it was behind. */
  foldedTo: z.number().int(),
  rows: z.array(rowSchema),
  /** How many there are, those not given too. */
  count: z.number().int(),
  problem: problemSchema,
})

/** Answer of `GET …/at`: several things of a design at one position of the log. */
export const atPositionSchema = z.object({
  position: z.number().int(),
  /** The first and the last position of the design's own events; 0 without any. */
  first: z.number().int(),
  head: z.number().int(),
  /** The design's last event at or before the position. */
  event: recordedEventSchema.nullable(),
  /** Positions of the design's events on either side of it. */
  previous: z.number().int().nullable(),
  next: z.number().int().nullable(),
  streams: z.array(z.discriminatedUnion('kind', [aggregateAtSchema, runAtSchema])),
  projections: z.array(projectionAtSchema),
})

/** Answer of `GET …/history/{aggregate}`: whole streams, those that changed last first. */
export const historySliceSchema = z.object({
  items: z.array(
    z.object({
      streamId: z.string(),
      /** How many events it has; `events` are the first of them. */
      version: z.number().int(),
      events: z.array(recordedEventSchema),
    }),
  ),
  next: z.string().nullable(),
  /** How many instances the aggregate has. */
  total: z.number().int(),
})

/** Answer of `GET …/history/{aggregate}/commands`: instances with the commands that were put to them. */
export const decisionSliceSchema = z.object({
  items: z.array(
    z.object({
      streamId: z.string(),
      version: z.number().int(),
      /** The first of its events, and of the commands to it. */
      events: z.array(recordedEventSchema),
      commands: z.array(recordedEventSchema),
      /** How many commands there are. */
      sent: z.number().int(),
    }),
  ),
  next: z.string().nullable(),
  /** How many instances were ever sent a command. */
  total: z.number().int(),
})

/** Answer of `GET …/history`: events of some types in order. */
export const eventHistorySchema = z.object({
  items: z.array(recordedEventSchema),
  next: z.string().nullable(),
  /** How many there are of these types. */
  total: z.number().int(),
})

export type WhatIf = z.infer<typeof whatIfSchema>
export type WhatIfAnswer = z.infer<typeof whatIfAnswerSchema>
export type AtPosition = z.infer<typeof atPositionSchema>
export type StreamAt = AtPosition['streams'][number]
export type ProjectionAt = AtPosition['projections'][number]
export type HistorySlice = z.infer<typeof historySliceSchema>
export type EventHistory = z.infer<typeof eventHistorySchema>
export type DecisionSlice = z.infer<typeof decisionSliceSchema>
