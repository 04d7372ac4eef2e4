import { z } from 'zod'
import { AGGREGATE_KEY } from '../aggregate/stream'
import { faultSchema } from './fault'
import { DESIGN_LIMITS } from './limits'
import { idSchema, jsonObjectSchema, jsonSchema, nameSchema, textSchema, typeNameSchema } from './primitives'

const aboutScenario = {
  id: idSchema,
  name: nameSchema,
  /** What it teaches. */
  description: textSchema.optional(),
} as const

/** When it happens, epoch ms: time comes in as data. By itself a minute after what stands before it. */
const atSchema = z.number().int().min(0)

const eventGivenSchema = z.strictObject({
  /** The stream it stands in, `Order-o1`; by itself the scenario's own. */
  stream: z.string().min(1).max(200).optional(),
  type: typeNameSchema,
  /** Version of its data; upcasters lift it. By itself the one that the design has now. */
  version: z.number().int().min(1).max(100).optional(),
  data: jsonSchema.default({}),
  at: atSchema.optional(),
})

const eventThenSchema = z.strictObject({ type: typeNameSchema, data: jsonSchema.optional() })

const commandGivenSchema = z.strictObject({
  type: typeNameSchema,
  payload: jsonSchema.default({}),
  at: atSchema.optional(),
  /** As `decide` sees it; by itself `scenario`. */
  commandId: z.string().min(1).max(800).optional(),
})

const events = z.array(eventGivenSchema).max(DESIGN_LIMITS.scenarioEvents).default([])

/** Given events, when a command comes, then events, or a refusal; and the state after. */
export const aggregateScenarioSchema = z.strictObject({
  ...aboutScenario,
  type: z.literal('aggregate'),
  aggregate: idSchema,
  key: z.string().min(1).max(128).default('example'),
  given: events,
  when: commandGivenSchema,
  expect: z.strictObject({
    /** Events in order; one without `data` may have any. */
    events: z.array(eventThenSchema).max(100).optional(),
    /** The code of the rule that refuses. */
    rejection: typeNameSchema.optional(),
    state: jsonSchema.optional(),
  }),
})

/** Given events, then the rows folded from them. */
export const projectionScenarioSchema = z.strictObject({
  ...aboutScenario,
  type: z.literal('projection'),
  projection: idSchema,
  given: events,
  expect: z.strictObject({ rows: z.record(z.string().max(512), jsonSchema) }),
})

/** Given streams and faults, when the saga runs in virtual time, then how it ends. */
export const sagaScenarioSchema = z.strictObject({
  ...aboutScenario,
  type: z.literal('saga'),
  saga: idSchema,
  /** What stands in the streams of aggregates before it begins. */
  given: events,
  when: z.strictObject({
    input: jsonObjectSchema.default({}),
    seed: z.string().min(1).max(64).default('scenario'),
    /** The run's id: what code makes keys and ids of. By itself `scenario`. */
    runId: z.string().regex(AGGREGATE_KEY).max(64).optional(),
    at: atSchema.optional(),
    faults: z.array(faultSchema).max(50).default([]),
    /** What signals and approvals are told, in order, each when its node waits for it. */
    told: z
      .array(
        z.discriminatedUnion('type', [
          z.strictObject({ type: z.literal('signal'), signal: typeNameSchema, data: jsonSchema.default({}) }),
          z.strictObject({
            type: z.literal('decision'),
            node: z.string().max(600),
            decision: z.enum(['approved', 'rejected']),
            /** Who decides; it stands in the run's data. By itself `someone`. */
            by: z.string().min(1).max(80).optional(),
            comment: z.string().max(500).optional(),
          }),
        ]),
      )
      .max(50)
      .default([]),
  }),
  expect: z.strictObject({
    /** `running`: it waits for word that it is not told. */
    status: z.enum(['completed', 'compensated', 'failed', 'suspended', 'running']),
    /** The code of the error it reports. */
    error: typeNameSchema.optional(),
    /** Nodes compensated, in the order in which that ended. */
    compensations: z.array(z.string().max(600)).max(DESIGN_LIMITS.nodesPerSaga).optional(),
    /** Events that aggregates recorded, in order; those of the run itself are not among them. */
    events: z
      .array(eventThenSchema.extend({ stream: z.string().max(200).optional() }))
      .max(DESIGN_LIMITS.scenarioExpectedEvents)
      .optional(),
    /** Members that the run's data has at the end. */
    data: jsonObjectSchema.optional(),
  }),
})

export const scenarioSchema = z.discriminatedUnion('type', [
  aggregateScenarioSchema,
  projectionScenarioSchema,
  sagaScenarioSchema,
])

export type Scenario = z.infer<typeof scenarioSchema>
export type AggregateScenario = z.infer<typeof aggregateScenarioSchema>
export type ProjectionScenario = z.infer<typeof projectionScenarioSchema>
export type SagaScenario = z.infer<typeof sagaScenarioSchema>
export type GivenEvent = z.infer<typeof eventGivenSchema>
