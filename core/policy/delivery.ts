import { z } from 'zod'

/** The event that a delivery is about. */
const eventOfDelivery = {
  position: z.number().int(),
  streamId: z.string(),
  version: z.number().int(),
  type: z.string(),
} as const

/**
 * What an event came to with a policy. `ignored`: `when` said no, or the event is a copy of the past that a fork has. A
 * command that the aggregate refuses is an answer like any other; `skipped`: a person passed the event over.
 */
export const policyOutcomeSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('started'), saga: z.string(), runId: z.string() }),
  z.object({
    outcome: z.literal('sent'),
    aggregate: z.string(),
    key: z.string(),
    command: z.string(),
    /** Version of the aggregate after it. */
    version: z.number().int(),
    events: z.number().int(),
  }),
  z.object({
    outcome: z.literal('rejected'),
    aggregate: z.string(),
    key: z.string(),
    command: z.string(),
    code: z.string(),
    message: z.string(),
  }),
  z.object({ outcome: z.literal('ignored'), why: z.enum(['when', 'copy']) }),
  z.object({ outcome: z.literal('skipped') }),
])

/** A delivery that is over. `at` is epoch ms. */
export const policyDeliverySchema = z.object({
  ...eventOfDelivery,
  at: z.number(),
  result: policyOutcomeSchema,
})

/** What stopped a policy: the event, and what went wrong, at the code's own line when it was code. */
export const policyFaultSchema = z.object({
  ...eventOfDelivery,
  code: z.string(),
  message: z.string(),
  fn: z.string().optional(),
  line: z.number().int().optional(),
  column: z.number().int().optional(),
})

export type PolicyOutcome = z.infer<typeof policyOutcomeSchema>
export type PolicyDelivery = z.infer<typeof policyDeliverySchema>
export type PolicyFault = z.infer<typeof policyFaultSchema>
