import { z } from 'zod'
import { DESIGN_LIMITS } from './limits'
import {
  codeSchema,
  durationMsSchema,
  idSchema,
  jsonSchema,
  jsonSchemaSchema,
  nameSchema,
  textSchema,
  typeNameSchema,
} from './primitives'

/**
 * What is done when an attempt fails for a technical reason. The first rule whose `errors` match wins.
 * Delay before attempt n+1 = min(intervalMs · backoffRateⁿ⁻¹, maxIntervalMs).
 */
export const retryRuleSchema = z.strictObject({
  /** Error names; empty matches every technical error. */
  errors: z.array(typeNameSchema).max(50).default([]),
  intervalMs: durationMsSchema.default(1000),
  backoffRate: z.number().min(1).max(10).default(2),
  /** Attempts in all, the first included; `"unlimited"` must be said outright. */
  maxAttempts: z
    .union([z.number().int().min(1).max(DESIGN_LIMITS.maxAttempts), z.literal('unlimited')])
    .default(3),
  maxIntervalMs: durationMsSchema.optional(),
  jitter: z.enum(['none', 'full']).default('none'),
})
export const retrySchema = z.array(retryRuleSchema).max(DESIGN_LIMITS.retryRules)

/** What a step or a compensation does. */
export const actionSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('command'),
    aggregate: idSchema,
    command: typeNameSchema,
    /** `(input, ctx) => key` of the aggregate instance */
    key: codeSchema,
    /** `(input, ctx) => payload`; without it the payload is the input */
    payload: codeSchema.optional(),
  }),
  z.strictObject({ type: z.literal('call'), service: idSchema, operation: idSchema }),
  /** `(input, ctx) => result`; may `return fail('ErrorName', 'why')`. */
  z.strictObject({ type: z.literal('script'), code: codeSchema }),
])

export const compensationSchema = z.strictObject({
  name: nameSchema.optional(),
  description: textSchema.optional(),
  action: actionSchema,
  /** `({ input, output, error, data }, ctx) => input`; without it the action gets that object. */
  input: codeSchema.optional(),
  timeoutMs: durationMsSchema.min(1).optional(),
  retry: retrySchema.optional(),
})

const nodeBase = {
  id: idSchema,
  name: nameSchema.optional(),
  description: textSchema.optional(),
  /** A disabled node is passed over: what leads to it goes on behind it. */
  disabled: z.boolean().optional(),
}

export const stepNodeSchema = z.strictObject({
  ...nodeBase,
  type: z.literal('step'),
  kind: z.enum(['compensatable', 'pivot', 'retriable']).default('compensatable'),
  action: actionSchema,
  /** `(data, ctx) => input`; without it the input is the data. */
  input: codeSchema.optional(),
  /** `(result, data, ctx) => patch` merged into the data; without it the result itself is merged. */
  output: codeSchema.optional(),
  compensation: compensationSchema.optional(),
  timeoutMs: durationMsSchema.min(1).optional(),
  retry: retrySchema.optional(),
})

export const branchSchema = z.strictObject({
  id: idSchema.refine((id) => id !== 'default', 'the default branch needs no entry'),
  name: nameSchema.optional(),
  /** `(data, ctx) => boolean`; the first true branch is taken, else `default`. */
  when: codeSchema,
})

/**
 * What a map does for each item, and a loop in each round. `input` is `(value, data, ctx) => input`, where the value is
 * the item, or the result of the round before (`null` in the first). Without it a map's body is given the item, a loop's
 * the data with what its rounds have returned so far merged in.
 */
export const bodySchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('step'),
    kind: z.enum(['compensatable', 'retriable']).optional(),
    action: actionSchema,
    input: codeSchema.optional(),
    compensation: compensationSchema.optional(),
    retry: retrySchema.optional(),
    timeoutMs: durationMsSchema.min(1).optional(),
  }),
  z.strictObject({ type: z.literal('saga'), saga: idSchema, input: codeSchema.optional() }),
])

/** What follows a decision that was refused, or a wait that ran out: the saga fails, or goes on and may choose by it. */
const failOrContinue = z.enum(['fail', 'continue'])

export const nodeSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...nodeBase,
    type: z.literal('start'),
    inputSchema: jsonSchemaSchema.default({}),
    inputExample: jsonSchema.default({}),
  }),
  stepNodeSchema,
  z.strictObject({
    ...nodeBase,
    type: z.literal('choice'),
    branches: z.array(branchSchema).max(DESIGN_LIMITS.branches).default([]),
  }),
  z.strictObject({
    ...nodeBase,
    type: z.literal('wait'),
    durationMs: durationMsSchema.optional(),
    until: codeSchema.optional(),
  }),
  z.strictObject({
    ...nodeBase,
    type: z.literal('approval'),
    /** What the person is asked. The decision is merged into the data under the node's id. */
    message: textSchema.optional(),
    timeoutMs: durationMsSchema.min(1).optional(),
    onReject: failOrContinue.optional(),
    onTimeout: failOrContinue.optional(),
  }),
  z.strictObject({
    ...nodeBase,
    type: z.literal('signal'),
    signal: typeNameSchema,
    /** Of what comes with it, which is merged into the data. */
    schema: jsonSchemaSchema.default({}),
    timeoutMs: durationMsSchema.min(1).optional(),
    onTimeout: failOrContinue.optional(),
  }),
  z.strictObject({
    ...nodeBase,
    type: z.literal('saga'),
    saga: idSchema,
    /** `(data, ctx) => input` of the other saga; without it, the data. */
    input: codeSchema.optional(),
    /** `(result, data, ctx) => patch`, where the result is the other saga's data at its end. */
    output: codeSchema.optional(),
  }),
  z.strictObject({
    ...nodeBase,
    type: z.literal('map'),
    /** `(data, ctx) => items`. The results, in the items' order, are merged into the data under the node's id. */
    items: codeSchema,
    body: bodySchema,
    maxConcurrency: z.number().int().min(1).max(100).default(5),
    output: codeSchema.optional(),
  }),
  z.strictObject({
    ...nodeBase,
    type: z.literal('loop'),
    /** `(data, ctx) => boolean` after each round, where the data has what the rounds returned merged in. */
    until: codeSchema,
    body: bodySchema,
    maxIterations: z.number().int().min(1).max(1000).default(10),
    output: codeSchema.optional(),
  }),
  z.strictObject({
    ...nodeBase,
    type: z.literal('fail'),
    error: typeNameSchema,
    message: textSchema.optional(),
  }),
  z.strictObject({ ...nodeBase, type: z.literal('end') }),
])

export const edgeSchema = z.strictObject({
  id: idSchema,
  from: idSchema,
  to: idSchema,
  /** Out of a choice: the id of its branch, or `default`. */
  branch: idSchema.optional(),
})

export const sagaSchema = z.strictObject({
  id: idSchema,
  name: nameSchema.optional(),
  description: textSchema.optional(),
  compensationOrder: z.enum(['graph', 'strict']).default('graph'),
  nodes: z.array(nodeSchema).max(DESIGN_LIMITS.nodesPerSaga),
  edges: z.array(edgeSchema).max(DESIGN_LIMITS.edgesPerSaga),
})

export type RetryRule = z.infer<typeof retryRuleSchema>
export type Action = z.infer<typeof actionSchema>
export type Compensation = z.infer<typeof compensationSchema>
export type StepNode = z.infer<typeof stepNodeSchema>
export type Body = z.infer<typeof bodySchema>
export type Branch = z.infer<typeof branchSchema>
export type SagaNode = z.infer<typeof nodeSchema>
export type SagaNodeOf<T extends SagaNode['type']> = Extract<SagaNode, { type: T }>
export type SagaEdge = z.infer<typeof edgeSchema>
export type Saga = z.infer<typeof sagaSchema>

/** What does work, and can be undone: a step, or the step in the body of a map or a loop. */
export type Doer = StepNode | Extract<Body, { type: 'step' }>

/** What does the work of a node; null when it does none of its own. */
export function doerOf(node: SagaNode): Doer | null {
  if (node.type === 'step') return node
  return (node.type === 'map' || node.type === 'loop') && node.body.type === 'step' ? node.body : null
}
