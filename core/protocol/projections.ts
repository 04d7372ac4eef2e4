import { z } from 'zod'
import { jsonSchema } from '../design/primitives'

export const projectionInfoSchema = z.object({
  name: z.string(),
  checkpoint: z.number().int(),
  head: z.number().int(),
  /** head − checkpoint, counted in events of the design. */
  lag: z.number().int(),
  status: z.enum(['running', 'paused', 'faulted', 'rebuilding']),
  /** The position a rebuild has got to, beside the rows that are shown; null when there is none. */
  rebuilding: z.number().int().nullable(),
  delayMs: z.number().int(),
  fault: jsonSchema,
  rows: z.number().int(),
})

export const projectionActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.enum(['rebuild', 'pause', 'resume', 'skip']) }),
  z.strictObject({ action: z.literal('set-delay'), delayMs: z.number().int().min(0).max(60_000) }),
])

export const rowSchema = z.object({ key: z.string(), row: jsonSchema })

/** Rows, and the position that they had at least been folded to when they were read. */
export const rowsAnswerSchema = z.object({
  items: z.array(rowSchema),
  next: z.string().nullable(),
  checkpoint: z.number().int(),
})

/** Body of a query handler's call. */
export const askQuerySchema = z.strictObject({ params: jsonSchema.default({}) })

export const queryAnswerSchema = z.object({
  result: jsonSchema,
  /** Rows that it was worked out from. */
  rows: z.number().int(),
  checkpoint: z.number().int(),
})

export type ProjectionInfo = z.infer<typeof projectionInfoSchema>
export type ProjectionAction = z.infer<typeof projectionActionSchema>
export type ProjectionRow = z.infer<typeof rowSchema>
export type RowsAnswer = z.infer<typeof rowsAnswerSchema>
export type QueryAnswer = z.infer<typeof queryAnswerSchema>
