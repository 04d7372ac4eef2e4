import { isJsonObject } from '@/core/json'
import type { Schema } from './openapi'

/** Follows references within the schema they stand in. */
export function resolve(schema: Schema, root: Schema): Schema {
  const name = /^#\/\$defs\/(.+)$/.exec(schema.$ref ?? '')?.[1]
  const target = name === undefined ? undefined : root.$defs?.[name]
  return target ? { ...target, ...withoutRef(schema) } : schema
}

function withoutRef({ $ref: _ref, ...rest }: Schema): Schema {
  return rest
}

/** The recursive schema of "any JSON" names every type there is; one word says it. */
const ANY_JSON_TYPES = ['string', 'number', 'boolean', 'null', 'array', 'object']
const isAnyJson = ({ anyOf }: Schema): boolean =>
  anyOf?.length === ANY_JSON_TYPES.length &&
  ANY_JSON_TYPES.every((type) => anyOf.some((one) => one.type === type))

/** What a value of it is, in a few words: `string`, `"live" | "virtual"`, `list of object`. */
export function typeWords(given: Schema, root: Schema): string {
  const schema = resolve(given, root)
  if (isAnyJson(schema)) return 'JSON'
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' | ')
  const options = optionsOf(schema)
  if (options.length > 0) return [...new Set(options.map((one) => typeWords(one, root)))].join(' or ')
  if (schema.type === 'array') return schema.items ? `list of ${typeWords(schema.items, root)}` : 'list'
  if (schema.type === undefined) return 'JSON'
  return typeof schema.type === 'string' ? schema.type : schema.type.join(' or ')
}

/** What narrows it: bounds, pattern, default. */
export function limitWords(given: Schema, root: Schema): readonly string[] {
  const schema = resolve(given, root)
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, pattern } = schema
  return [
    between('', shownBound(minimum), shownBound(maximum), ''),
    between('', minLength, maxLength, ' characters'),
    between('', minItems, maxItems, ' items'),
    pattern === undefined ? '' : `matches ${pattern}`,
    schema.default === undefined ? '' : `default ${JSON.stringify(schema.default)}`,
  ].filter((text) => text !== '')
}

/** The ends of the safe integers bound nothing that a reader cares about. */
const shownBound = (bound: number | undefined): number | undefined =>
  bound !== undefined && Math.abs(bound) === Number.MAX_SAFE_INTEGER ? undefined : bound

function between(before: string, least: number | undefined, most: number | undefined, unit: string): string {
  if (least === undefined && most === undefined) return ''
  if (least === undefined) return `${before}at most ${most}${unit}`
  if (most === undefined) return `${before}at least ${least}${unit}`
  return `${before}${least} to ${most}${unit}`
}

export const optionsOf = ({ anyOf, oneOf }: Schema): readonly Schema[] => anyOf ?? oneOf ?? []

/** One level of what is inside: fields of an object, of a list's items, or one entry for each alternative. */
export interface Inside {
  readonly label: string
  readonly schema: Schema
  readonly required: boolean
}

/** @returns nothing for what the type's words already say whole */
export function insideOf(given: Schema, root: Schema): readonly Inside[] {
  const schema = resolve(given, root)
  if (isAnyJson(schema)) return []
  const options = optionsOf(schema)
  if (options.length > 0) {
    const shown = options.filter((one) => insideOf(one, root).length > 0)
    if (options.length === 1 && shown[0]) return insideOf(shown[0], root)
    return shown.map((one) => ({ label: optionLabel(resolve(one, root), root), schema: one, required: true }))
  }
  if (schema.type === 'array' && schema.items) return insideOf(schema.items, root)
  if (schema.properties) {
    const required = new Set(schema.required)
    return Object.entries(schema.properties).map(([label, inner]) => ({
      label,
      schema: inner,
      required: required.has(label),
    }))
  }
  const { additionalProperties } = schema
  if (isJsonObject(additionalProperties) && insideOf(additionalProperties as Schema, root).length > 0)
    return [{ label: 'any key', schema: additionalProperties as Schema, required: false }]
  return []
}

/** What tells an alternative from the others: its constant field, or the fields it must have. */
function optionLabel(schema: Schema, root: Schema): string {
  const fixed = Object.entries(schema.properties ?? {}).find(([, inner]) => inner.const !== undefined)
  if (fixed) return `${fixed[0]}: ${JSON.stringify(fixed[1].const)}`
  return schema.required?.length ? `with ${schema.required.join(', ')}` : typeWords(schema, root)
}
