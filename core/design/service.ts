import { z } from 'zod'
import { httpCallSchema } from './http'
import { DESIGN_LIMITS } from './limits'
import {
  codeSchema,
  durationMsSchema,
  idSchema,
  jsonSchema,
  jsonSchemaSchema,
  nameSchema,
  probabilitySchema,
  textSchema,
  typeNameSchema,
} from './primitives'

/** How long a simulated call takes. Drawn from the run's seed. */
export const latencySchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('fixed'), ms: durationMsSchema }),
  z.strictObject({ type: z.literal('uniform'), minMs: durationMsSchema, maxMs: durationMsSchema }),
  /** Log-normal, as real services are: half the calls are faster than `medianMs`, 99 % than `p99Ms`. */
  z.strictObject({ type: z.literal('lognormal'), medianMs: durationMsSchema, p99Ms: durationMsSchema }),
])

/** A named error of an operation. Business errors are answers and are never retried; technical ones are. */
export const operationErrorSchema = z.strictObject({
  name: typeNameSchema,
  kind: z.enum(['business', 'technical']).default('business'),
  probability: probabilitySchema.default(0),
  description: textSchema.optional(),
})

export const operationSchema = z.strictObject({
  id: idSchema,
  name: nameSchema.optional(),
  description: textSchema.optional(),
  inputSchema: jsonSchemaSchema.optional(),
  inputExample: jsonSchema.optional(),
  latency: latencySchema.default({ type: 'fixed', ms: 200 }),
  errors: z.array(operationErrorSchema).max(DESIGN_LIMITS.errorsPerOperation).default([]),
  /** `(input, ctx) => response`; may `return fail('ErrorName', 'why')`. Without it the response is `{}`. */
  response: codeSchema.optional(),
  /** With it calls are real: latency, probabilities and `response` of the simulation are left alone. */
  http: httpCallSchema.optional(),
})

export const serviceSchema = z.strictObject({
  id: idSchema,
  name: nameSchema.optional(),
  description: textSchema.optional(),
  operations: z.array(operationSchema).max(DESIGN_LIMITS.operationsPerService).default([]),
})

export type Latency = z.infer<typeof latencySchema>
export type OperationError = z.infer<typeof operationErrorSchema>
export type Operation = z.infer<typeof operationSchema>
export type Service = z.infer<typeof serviceSchema>
