import { z } from 'zod'
import { designSchema } from '../design/document'
import { idSchema, jsonSchema, nameSchema, typeNameSchema } from '../design/primitives'

export const templateSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  summary: z.string(),
  teaches: z.array(z.string()),
  sagas: z.number().int(),
  aggregates: z.number().int(),
  steps: z.number().int(),
})

export const createDesignSchema = z.union(
  [
    z.strictObject({ template: z.string().min(1), name: nameSchema.optional() }),
    z.strictObject({ document: jsonSchema, name: nameSchema.optional() }),
  ],
  { error: 'send an object with either template, the id of one, or document; and a name, if you like' },
)

export const designSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  version: z.number().int(),
  createdAt: z.number(),
  updatedAt: z.number(),
})

export const designAnswerSchema = designSummarySchema.extend({ document: designSchema })

/** Body of `PUT /api/designs/{id}`, with `If-Match: version`. */
export const saveDesignSchema = z.strictObject({ document: jsonSchema })

export const problemSchema = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  path: z.array(z.union([z.string(), z.number()])),
  message: z.string(),
  fix: z.unknown().optional(),
})

export const sendCommandSchema = z.strictObject({
  type: typeNameSchema,
  payload: jsonSchema.default({}),
  /** The same commandId twice gives the first answer. */
  commandId: z
    .string()
    .min(1)
    .max(128)
    .regex(/^[\x21-\x7e]+$/)
    .optional(),
})

export const recordedEventSchema = z.object({
  position: z.number().int(),
  streamId: z.string(),
  version: z.number().int(),
  type: z.string(),
  data: jsonSchema,
  metadata: z.object({
    messageId: z.string(),
    correlationId: z.string(),
    causationId: z.string(),
    userId: z.string().optional(),
    schemaVersion: z.number().int(),
  }),
  recordedAt: z.number(),
})

export const commandAnswerSchema = z.object({
  version: z.number().int(),
  events: z.array(recordedEventSchema),
  state: jsonSchema,
})
export const aggregateStateSchema = z.object({
  state: jsonSchema,
  version: z.number().int(),
  at: z.number().nullable(),
})

export const streamInfoSchema = z.object({
  streamId: z.string(),
  version: z.number().int(),
  position: z.number().int(),
  updatedAt: z.number(),
})

export const idParamSchema = idSchema

export type TemplateSummary = z.infer<typeof templateSummarySchema>
export type DesignSummary = z.infer<typeof designSummarySchema>
export type DesignAnswer = z.infer<typeof designAnswerSchema>
export type ProblemAnswer = z.infer<typeof problemSchema>
export type EventAnswer = z.infer<typeof recordedEventSchema>
export type CommandAnswer = z.infer<typeof commandAnswerSchema>
export type AggregateState = z.infer<typeof aggregateStateSchema>
export type StreamAnswer = z.infer<typeof streamInfoSchema>
