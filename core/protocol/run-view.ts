import { z } from 'zod'
import { idSchema, jsonObjectSchema, jsonSchema } from '../design/primitives'
import { faultSchema } from '../saga/fault'
import type { NodeView } from '../saga/view'
import { attentionSchema, suspendReasonSchema } from './attention'
import { type RunAnswer, runModeSchema, runStatusSchema } from './runs'

const timeMs = z.number().nullable()
const attempts = z.number().int().min(0)

const stepErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  kind: z.enum(['business', 'technical']),
})

const compensationViewSchema = z.object({
  status: z.enum(['pending', 'running', 'retrying', 'compensated', 'failed']),
  attempts,
  input: jsonSchema,
  output: jsonSchema,
  error: stepErrorSchema.nullable(),
  startedAt: timeMs,
  endedAt: timeMs,
  retryAt: timeMs,
  byHand: z.string().nullable(),
  left: z.boolean(),
})

export const nodeViewSchema = z.object({
  status: z.enum([
    'pending',
    'running',
    'retrying',
    'waiting',
    'succeeded',
    'failed',
    'timed-out',
    'skipped',
  ]),
  attempts,
  input: jsonSchema,
  output: jsonSchema,
  error: stepErrorSchema.nullable(),
  effect: z.enum(['none', 'done', 'unknown']),
  branch: z.string().nullable(),
  startedAt: timeMs,
  endedAt: timeMs,
  wakeAt: timeMs,
  late: jsonSchema,
  rounds: z.object({ begun: attempts, items: z.number().int().nullable() }).nullable(),
  compensation: compensationViewSchema.nullable(),
}) satisfies z.ZodType<NodeView>

/** A saga's error: a step's, and where. */
const sagaErrorSchema = stepErrorSchema.extend({ nodeId: z.string().nullable() }).nullable()

/** What a caller who waits for a run is told of it. */
export const runEndingSchema = z.object({
  id: z.string(),
  status: runStatusSchema,
  seq: z.number().int(),
  data: jsonObjectSchema,
  error: sagaErrorSchema,
})
export type RunEnding = z.infer<typeof runEndingSchema>

/** Answer of `GET /api/runs/{id}` and of `POST /api/runs/{id}/actions`. Times are epoch ms on the run's clock. */
export const runAnswerSchema = z.object({
  id: z.string(),
  designId: z.string(),
  designVersion: z.number().int(),
  saga: idSchema,
  mode: runModeSchema,
  seed: z.string(),
  faults: z.array(faultSchema),
  /** Number of the run's last event; `seq` is that of the last one folded in. */
  head: z.number().int(),
  status: runStatusSchema,
  seq: z.number().int(),
  input: jsonObjectSchema,
  data: jsonObjectSchema,
  nodes: z.record(z.string(), nodeViewSchema),
  edges: z.record(z.string(), z.enum(['live', 'dead'])),
  error: sagaErrorSchema,
  scopes: z.record(z.string(), z.object({ input: jsonObjectSchema, data: jsonObjectSchema })),
  held: z.array(z.string()),
  breakpoints: z.array(z.string()),
  speed: z.number(),
  forkedFrom: z.object({ runId: z.string(), seq: z.number().int() }).nullable(),
  settling: z.boolean(),
  suspended: z
    .object({
      reason: suspendReasonSchema,
      nodeId: z.string().nullable(),
    })
    .nullable(),
  notUndone: z.array(z.string()),
  attention: z.array(attentionSchema),
  needsPerson: z.number().int(),
  startedAt: z.number(),
  endedAt: timeMs,
  /** It came from a file: nothing of it is gone on with here. */
  imported: z.boolean().optional(),
}) satisfies z.ZodType<RunAnswer>
