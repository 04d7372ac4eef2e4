import { z } from 'zod'
import { durationMsSchema, idSchema, probabilitySchema, typeNameSchema } from '../design/primitives'
import { randomAt } from '../random'
import type { Phase } from './events'

/**
 * A fault is data on a run: what goes wrong, where and when. It is decided from the run's seed, so the same
 * seed breaks the same way.
 */
export const faultSchema = z.strictObject({
  node: idSchema,
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
  ]),
})

export type Fault = z.infer<typeof faultSchema>
export type FaultInput = z.input<typeof faultSchema>

/** The first fault that applies to this attempt, if any. */
export function faultFor(
  faults: readonly Fault[],
  seed: string,
  at: { readonly nodeId: string; readonly phase: Phase; readonly attempt: number },
): Fault | undefined {
  return faults.find(
    (fault, index) =>
      fault.node === at.nodeId &&
      fault.phase === at.phase &&
      (fault.attempt === undefined || fault.attempt === at.attempt) &&
      randomAt(seed, 'fault', index, at.nodeId, at.phase, at.attempt) < fault.probability,
  )
}
