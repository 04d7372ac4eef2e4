import { z } from 'zod'
import { durationMsSchema, nodePathSchema, probabilitySchema, typeNameSchema } from './primitives'

/**
 * A fault is data on a run: what goes wrong, where and when. It is decided from the run's seed, so the same
 * seed breaks the same way.
 */
export const faultSchema = z.strictObject({
  /** A place in the design, `each/charge`: there it strikes in every round; or one round's path, `each/2/charge`. */
  node: nodePathSchema,
  phase: z.enum(['action', 'compensation']).default('action'),
  /** Only on this attempt (1-based); without it, on every attempt. */
  attempt: z.number().int().min(1).max(1000).optional(),
  probability: probabilitySchema.default(1),
  effect: z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('error'),
      code: typeNameSchema.default('InjectedFault'),
      kind: z.enum(['business', 'technical']).default('business'),
      message: z.string().max(500).optional(),
    }),
    /** The caller gives up: `before` the work was done, or `after` it was and the answer was lost. */
    z.strictObject({ type: z.literal('timeout'), when: z.enum(['before', 'after']).default('after') }),
    z.strictObject({ type: z.literal('latency'), ms: durationMsSchema }),
    /** The engine dies once: `before` the outcome is recorded, so that the work is done again, or `after` it. */
    z.strictObject({ type: z.literal('crash'), when: z.enum(['before', 'after']).default('before') }),
    /** The request and its answer are delivered twice, under the same idempotency key. */
    z.strictObject({ type: z.literal('duplicate') }),
  ]),
})

export type Fault = z.infer<typeof faultSchema>
export type FaultInput = z.input<typeof faultSchema>
