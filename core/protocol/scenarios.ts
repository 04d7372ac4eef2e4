import { z } from 'zod'
import { idSchema, jsonObjectSchema, jsonSchema } from '../design/primitives'
import type { ScenarioResult } from '../scenario/result'

/** Body of `POST /api/designs/{id}/scenarios/run`. */
export const runScenariosSchema = z.strictObject({
  /** Which; without it, all of them. */
  ids: z.array(idSchema).max(200).optional(),
  /** The document whose scenarios are run; without it, the newest version. */
  document: jsonSchema.optional(),
})

const place = z.array(z.union([z.string(), z.number()]))
const happenedSchema = z.object({ stream: z.string(), type: z.string(), data: jsonSchema })
const refusalSchema = z.object({ code: z.string(), message: z.string(), rule: z.string().optional() })

const outcomeSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('aggregate'),
    events: z.array(happenedSchema),
    rejection: refusalSchema.nullable(),
    state: jsonSchema,
  }),
  z.object({ type: z.literal('projection'), rows: jsonObjectSchema }),
  z.object({
    type: z.literal('saga'),
    status: z.enum(['running', 'suspended', 'compensating', 'completed', 'compensated', 'failed']),
    error: refusalSchema.extend({ nodeId: z.string().nullable() }).nullable(),
    compensations: z.array(z.string()),
    events: z.array(happenedSchema),
    data: jsonObjectSchema,
    streams: z.array(z.string()),
    told: z.number().int(),
    waitsFor: z.array(z.string()),
    tookMs: z.number(),
  }),
])

export const scenarioResultSchema = z.object({
  scenario: z.string(),
  name: z.string(),
  type: z.enum(['aggregate', 'projection', 'saga']),
  status: z.enum(['passed', 'failed', 'broken']),
  parts: z.array(
    z.object({
      part: z.enum([
        'events',
        'rejection',
        'state',
        'rows',
        'status',
        'error',
        'compensations',
        'data',
        'told',
      ]),
      passed: z.boolean(),
      expected: jsonSchema,
      actual: jsonSchema,
      differences: z.array(
        z.object({ path: place, expected: jsonSchema.optional(), actual: jsonSchema.optional() }),
      ),
      note: z.string().optional(),
    }),
  ),
  problem: z
    .object({
      code: z.string(),
      message: z.string(),
      issues: z.array(z.object({ path: place, message: z.string(), code: z.string().optional() })).optional(),
      fn: z.string().optional(),
      line: z.number().int().optional(),
    })
    .nullable(),
  outcome: outcomeSchema.nullable(),
})

export const scenariosAnswerSchema = z.object({
  passed: z.number().int(),
  failed: z.number().int(),
  broken: z.number().int(),
  results: z.array(scenarioResultSchema.extend({ durationMs: z.number() })),
})

export type RunScenarios = z.infer<typeof runScenariosSchema>

export interface ScenariosAnswer {
  readonly passed: number
  readonly failed: number
  readonly broken: number
  /** `durationMs`: how long it took on the clock on the wall. */
  readonly results: readonly (ScenarioResult & { readonly durationMs: number })[]
}
