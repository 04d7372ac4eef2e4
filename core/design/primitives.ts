import { z } from 'zod'
import type { Json, JsonObject } from '../json'
import { DESIGN_LIMITS } from './limits'
import { TYPE_NAME, TYPE_NAME_WORDS } from './type-name'

// zod compiles validators with `new Function` where it may; the page's security policy forbids it.
z.config({ jitless: true })

/** An id in a design: what URLs, streams and events carry. */
export const idSchema = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9_-]{0,63}$/,
    'an id starts with a letter and has at most 64 letters, digits, _ or -',
  )

/** Where a node stands in a run: its id, or a path through the sagas and rounds it is in: `each/2/charge`. */
export const nodePathSchema = z
  .string()
  .max(600)
  .regex(
    /^[A-Za-z][A-Za-z0-9_-]{0,63}(\/([A-Za-z][A-Za-z0-9_-]{0,63}|\d{1,4}))*$/,
    'a node is named by its id, or by a path such as each/2/charge',
  )

/** The name of a command, event or error: as it stands in code. */
export const typeNameSchema = z.string().regex(TYPE_NAME, TYPE_NAME_WORDS)

export const nameSchema = z.string().min(1, 'a name is needed').max(120)
export const textSchema = z.string().max(DESIGN_LIMITS.textChars)
/** A JavaScript function expression, for example `(data) => ({ amount: data.total })`. */
export const codeSchema = z.string().min(1, 'a function is needed').max(DESIGN_LIMITS.codeChars)

export const durationMsSchema = z.number().int().min(0).max(DESIGN_LIMITS.durationMs)
export const probabilitySchema = z.number().min(0).max(1)

export const jsonSchema: z.ZodType<Json> = z.json() as z.ZodType<Json>
export const jsonObjectSchema: z.ZodType<JsonObject> = z.record(
  z.string(),
  jsonSchema,
) as z.ZodType<JsonObject>

/** A JSON Schema (draft 2020-12), kept as it was written. `{}` accepts everything. */
export const jsonSchemaSchema = jsonObjectSchema

export type DesignId = string
