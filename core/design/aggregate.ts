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

/** A business rule: a guard with a name, seen and tried by itself, that commands put before their `decide`. */
export const ruleSchema = z.strictObject({
  id: idSchema,
  description: textSchema.optional(),
  /** What a refusal by this rule is called; its id, unless it says. */
  code: typeNameSchema.optional(),
  /** `(command, state) => boolean`: true when it holds; or a text, why it does not; or `reject('Code', 'why')`. */
  check: codeSchema,
})

export const commandSchema = z.strictObject({
  name: typeNameSchema,
  description: textSchema.optional(),
  schema: jsonSchemaSchema.default({}),
  example: jsonSchema.optional(),
  /** Rules of the aggregate that must hold, in this order; the first that does not refuses the command. */
  rules: z.array(idSchema).max(DESIGN_LIMITS.rulesPerAggregate).default([]),
  /** `(command, state) => events`, or `return reject('Code', 'why')`. */
  decide: codeSchema,
})

export const eventSchema = z.strictObject({
  name: typeNameSchema,
  description: textSchema.optional(),
  schema: jsonSchemaSchema.default({}),
  /** Version of the event's data; `upcasters[n-1]`, `(data, event) => data`, lifts version n to n+1. */
  version: z.number().int().min(1).max(100).default(1),
  upcasters: z.array(codeSchema).max(99).default([]),
  /** `(state, event) => state` */
  evolve: codeSchema,
})

/**
 * Streams that begin with `run-` are those of runs, and with `commands-` those of recorded commands: no aggregate may
 * write there in their name.
 */
const aggregateIdSchema = idSchema.regex(
  /^(?!(run|commands)(-|$))/,
  'an aggregate is not called "run" or "commands": runs and recorded commands have those streams',
)

/** A decider: `initialState`, `decide`, `evolve`. Its id is the name streams start with: `{id}-{key}`. */
export const aggregateSchema = z.strictObject({
  id: aggregateIdSchema,
  name: nameSchema.optional(),
  description: textSchema.optional(),
  stateSchema: jsonSchemaSchema.default({}),
  initialState: jsonSchema,
  rules: z.array(ruleSchema).max(DESIGN_LIMITS.rulesPerAggregate).default([]),
  commands: z.array(commandSchema).max(DESIGN_LIMITS.commandsPerAggregate).default([]),
  events: z.array(eventSchema).max(DESIGN_LIMITS.eventsPerAggregate).default([]),
  snapshotEvery: z.number().int().min(1).max(100_000).default(100),
  /** `(state) => boolean`: nothing more can happen to it. */
  isTerminal: codeSchema.optional(),
})

/** A question that a read model answers: a named query with parameters, run in the sandbox over its rows. */
export const querySchema = z.strictObject({
  id: idSchema,
  name: nameSchema.optional(),
  description: textSchema.optional(),
  /** JSON Schema of the parameters. */
  schema: jsonSchemaSchema.default({}),
  example: jsonSchema.optional(),
  /** `(rows, params) => json`; rows are `[{ key, row }]` in order of their keys. */
  answer: codeSchema,
})

/** A fold of events into rows. */
export const projectionSchema = z.strictObject({
  id: idSchema,
  name: nameSchema.optional(),
  description: textSchema.optional(),
  /** Aggregates it listens to; empty means every stream but those of recorded commands, which `commands` names. */
  from: z.array(idSchema).max(DESIGN_LIMITS.aggregates).default([]),
  /** `(event) => key` of the row an event concerns, or null to ignore it. */
  key: codeSchema,
  /** `(row, event) => row`, null deletes; by event type. */
  on: z.record(typeNameSchema, codeSchema).default({}),
  /** Delivery delayed on purpose, to teach eventual consistency. */
  delayMs: durationMsSchema.default(0),
  queries: z.array(querySchema).max(DESIGN_LIMITS.queriesPerProjection).default([]),
})

export const policySchema = z.strictObject({
  id: idSchema,
  name: nameSchema.optional(),
  description: textSchema.optional(),
  on: typeNameSchema,
  /** `(event) => boolean` */
  when: codeSchema.optional(),
  reaction: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('start-saga'), saga: idSchema, input: codeSchema.optional() }),
    z.strictObject({
      type: z.literal('send-command'),
      aggregate: idSchema,
      command: typeNameSchema,
      key: codeSchema,
      payload: codeSchema.optional(),
    }),
  ]),
})

export type Rule = z.infer<typeof ruleSchema>
export type Query = z.infer<typeof querySchema>
export type CommandDefinition = z.infer<typeof commandSchema>
export type EventDefinition = z.infer<typeof eventSchema>
export type Aggregate = z.infer<typeof aggregateSchema>
export type Projection = z.infer<typeof projectionSchema>
export type Policy = z.infer<typeof policySchema>
