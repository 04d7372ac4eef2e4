import { z } from 'zod'
import type { Issue } from '../errors'
import { parseWith } from '../parse'
import { err, type Result } from '../result'
import { aggregateSchema, policySchema, projectionSchema } from './aggregate'
import { DESIGN_LIMITS } from './limits'
import { idSchema, nameSchema, textSchema } from './primitives'
import { sagaSchema } from './saga'
import { scenarioSchema } from './scenario'
import { serviceSchema } from './service'

/** The version of this format. A document with another is lifted or refused, never guessed at. */
export const FORMAT_VERSION = 1

/** A thing on the model map: `aggregate/Order`, `command/Order/Ship`, `projection/orders`. */
const modelPlaceSchema = z.string().max(200)

const pointSchema = z.strictObject({ x: z.number().finite(), y: z.number().finite() })

/** One design: everything the editor shows is in it; import and export are this document. */
export const designSchema = z.strictObject({
  formatVersion: z.literal(FORMAT_VERSION),
  name: nameSchema,
  /** Teaching text, Markdown. */
  description: textSchema.default(''),
  services: z.array(serviceSchema).max(DESIGN_LIMITS.services).default([]),
  aggregates: z.array(aggregateSchema).max(DESIGN_LIMITS.aggregates).default([]),
  projections: z.array(projectionSchema).max(DESIGN_LIMITS.projections).default([]),
  sagas: z.array(sagaSchema).max(DESIGN_LIMITS.sagas).default([]),
  policies: z.array(policySchema).max(DESIGN_LIMITS.policies).default([]),
  scenarios: z.array(scenarioSchema).max(DESIGN_LIMITS.scenarios).default([]),
  /** Where things stand on their canvases: by saga id, then node id; and on the model map, by what they are and their id. */
  layout: z
    .strictObject({
      sagas: z.record(idSchema, z.record(idSchema, pointSchema)).default({}),
      model: z.record(modelPlaceSchema, pointSchema).default({}),
    })
    .default({ sagas: {}, model: {} }),
})

export type Design = z.infer<typeof designSchema>
export type DesignInput = z.input<typeof designSchema>
export type Point = z.infer<typeof pointSchema>

/**
 * Parses an unknown value as a design.
 * @returns the design with its defaults filled in, or what is wrong with paths; a document of another format
 *   version is refused with that as its one issue.
 */
export function parseDesign(value: unknown): Result<Design, readonly Issue[]> {
  const version =
    typeof value === 'object' && value !== null && 'formatVersion' in value ? value.formatVersion : undefined
  if (typeof version === 'number' && version !== FORMAT_VERSION) {
    return err([
      {
        path: ['formatVersion'],
        code: 'UNSUPPORTED_FORMAT_VERSION',
        message: `this document has format version ${version}; this workbench reads version ${FORMAT_VERSION}`,
      },
    ])
  }
  return parseWith(designSchema, value)
}

/** The JSON Schema of a design document (draft 2020-12), generated from the zod schema. */
export function designJsonSchema(): unknown {
  return z.toJSONSchema(designSchema, { io: 'input' })
}
