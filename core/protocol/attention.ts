import { z } from 'zod'
import type { Attention } from '../saga/attention'

const nodeId = z.string()
const expiresAt = z.number().nullable()

export const suspendReasonSchema = z.enum([
  'paused',
  'retries-exhausted',
  'pivot-unknown',
  'failed-after-pivot',
])

/** What a run waits for that does not come by itself. */
export const attentionSchema = z.discriminatedUnion('why', [
  z.object({
    why: z.literal('suspended'),
    reason: suspendReasonSchema,
    nodeId: nodeId.nullable(),
    error: z.string().nullable(),
  }),
  z.object({ why: z.literal('approval'), nodeId, message: z.string().nullable(), expiresAt }),
  z.object({ why: z.literal('held'), nodeId, phase: z.enum(['action', 'compensation']) }),
  z.object({ why: z.literal('not-undone'), nodeId, error: z.string().nullable() }),
  z.object({ why: z.literal('signal'), nodeId, signal: z.string(), expiresAt }),
]) satisfies z.ZodType<Attention>
