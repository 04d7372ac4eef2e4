import { z } from 'zod'
import { idSchema, jsonObjectSchema, jsonSchema } from '../design/primitives'
import { type Fault, faultSchema } from '../saga/fault'
import type { RunView } from '../saga/view'

export const runModeSchema = z.enum(['live', 'virtual', 'manual'])
export const runStatusSchema = z.enum([
  'running',
  'suspended',
  'compensating',
  'completed',
  'compensated',
  'failed',
])

export const startRunSchema = z.strictObject({
  saga: idSchema,
  input: jsonObjectSchema.default({}),
  /** `manual` comes with stepping and breakpoints. */
  mode: z.enum(['live', 'virtual']).default('live'),
  seed: z.string().min(1).max(64).optional(),
  faults: z.array(faultSchema).max(100).default([]),
})

const who = { by: z.string().min(1).max(80).optional(), reason: z.string().max(500).optional() }

/** Body of `POST /api/runs/{id}/actions`. */
export const runActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('pause'), ...who }),
  z.strictObject({ action: z.literal('resume'), ...who }),
  z.strictObject({ action: z.literal('cancel'), ...who }),
  z.strictObject({ action: z.literal('compensate'), ...who }),
  z.strictObject({ action: z.literal('retry'), node: idSchema, ...who }),
  z.strictObject({ action: z.literal('skip'), node: idSchema, output: jsonSchema.default({}), ...who }),
  z.strictObject({ action: z.literal('add-fault'), fault: faultSchema, ...who }),
])

export const runSummarySchema = z.object({
  id: z.string(),
  designId: z.string(),
  designVersion: z.number().int(),
  saga: z.string(),
  mode: runModeSchema,
  status: runStatusSchema,
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  error: jsonSchema,
})

export type RunSummary = z.infer<typeof runSummarySchema>
export type StartRun = z.infer<typeof startRunSchema>
export type RunAction = z.infer<typeof runActionSchema>

/** `GET /api/runs/{id}`: the run's summary and its state now, or as of `seq`. */
export type RunAnswer = RunView &
  Omit<RunSummary, keyof RunView> & {
    readonly startedAt: number
    readonly seed: string
    readonly faults: readonly Fault[]
    readonly head: number
  }
