import { z } from 'zod'
import { policyDeliverySchema, policyFaultSchema } from '../policy/delivery'

/** Where a policy stands. */
export const policyInfoSchema = z.object({
  policy: z.string(),
  /** The event type it listens for. */
  on: z.string(),
  status: z.enum(['running', 'paused', 'faulted']),
  /** A position that it has come to: it may have come further where the log held nothing for it. */
  checkpoint: z.number().int(),
  /** Events it listens for that it has not had yet. */
  lag: z.number().int(),
  /** What stopped it: it goes on when a person retries the event or skips it. */
  fault: policyFaultSchema.nullable(),
  /** Deliveries of late, newest first. */
  recent: z.array(policyDeliverySchema),
})

/** `retry` and `skip` are about the event that a policy stopped at. */
export const policyActionSchema = z.strictObject({ action: z.enum(['retry', 'skip', 'pause', 'resume']) })

export type { PolicyDelivery, PolicyFault } from '../policy/delivery'
export type PolicyInfo = z.infer<typeof policyInfoSchema>
export type PolicyAction = z.infer<typeof policyActionSchema>
