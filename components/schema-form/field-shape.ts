import { isJsonObject, type Json, type JsonObject } from '@/core/json'

interface Described {
  readonly title: string | null
  readonly description: string | null
  readonly initial: Json | undefined
}

/** One property of an object, in the order the schema lists them. */
export interface PropertyShape {
  readonly name: string
  readonly required: boolean
  readonly schema: JsonObject
}

/** What a form can draw for a JSON Schema. `json` is the way out for everything else. */
export type FieldShape = Described &
  (
    | { readonly kind: 'object'; readonly properties: readonly PropertyShape[] }
    | { readonly kind: 'array'; readonly items: JsonObject }
    | { readonly kind: 'choice'; readonly options: readonly Json[] }
    | { readonly kind: 'text'; readonly long: boolean }
    | { readonly kind: 'number'; readonly integer: boolean; readonly min?: number; readonly max?: number }
    | { readonly kind: 'boolean' }
    | { readonly kind: 'json' }
  )

const asText = (value: Json | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null
const asNumber = (value: Json | undefined): number | undefined =>
  typeof value === 'number' ? value : undefined

/** `["string", "null"]` is drawn as a string that may be left out. */
function typeOf(schema: JsonObject): string | null {
  const { type } = schema
  if (typeof type === 'string') return type
  if (!Array.isArray(type)) return isJsonObject(schema.properties) ? 'object' : null
  const named = type.filter((name) => name !== 'null')
  return named.length === 1 && typeof named[0] === 'string' ? named[0] : null
}

/** Follows `#/$defs/…`; a reference that leads nowhere or in a circle is the empty schema. */
export function resolveRef(root: JsonObject, schema: JsonObject): JsonObject {
  let current = schema
  for (let hops = 0; typeof current.$ref === 'string'; hops++) {
    if (hops > 8 || !current.$ref.startsWith('#/')) return {}
    const target = current.$ref
      .slice(2)
      .split('/')
      .reduce<Json | undefined>((at, name) => (isJsonObject(at) ? at[name] : undefined), root)
    if (!isJsonObject(target)) return {}
    current = target
  }
  return current
}

/**
 * What to draw for one schema.
 * @param root the whole schema, for its `$defs`
 */
export function fieldShape(root: JsonObject, given: JsonObject): FieldShape {
  const schema = resolveRef(root, given)
  const described: Described = {
    title: asText(schema.title),
    description: asText(given.description) ?? asText(schema.description),
    initial: schema.default,
  }
  if (Array.isArray(schema.enum) && schema.enum.length > 0)
    return { ...described, kind: 'choice', options: schema.enum }
  if (schema.const !== undefined) return { ...described, kind: 'choice', options: [schema.const] }
  switch (typeOf(schema)) {
    case 'object':
      return isJsonObject(schema.properties)
        ? { ...described, kind: 'object', properties: propertiesOf(schema, schema.properties) }
        : { ...described, kind: 'json' }
    case 'array':
      return isJsonObject(schema.items)
        ? { ...described, kind: 'array', items: schema.items }
        : { ...described, kind: 'json' }
    case 'string':
      return { ...described, kind: 'text', long: (asNumber(schema.maxLength) ?? 0) > 200 }
    case 'number':
    case 'integer': {
      const min = asNumber(schema.minimum)
      const max = asNumber(schema.maximum)
      return {
        ...described,
        kind: 'number',
        integer: typeOf(schema) === 'integer',
        ...(min === undefined ? {} : { min }),
        ...(max === undefined ? {} : { max }),
      }
    }
    case 'boolean':
      return { ...described, kind: 'boolean' }
    default:
      return { ...described, kind: 'json' }
  }
}

function propertiesOf(schema: JsonObject, properties: JsonObject): readonly PropertyShape[] {
  const required = Array.isArray(schema.required) ? schema.required : []
  return Object.entries(properties).map(([name, property]) => ({
    name,
    required: required.includes(name),
    schema: isJsonObject(property) ? property : {},
  }))
}

/** `customerId` → `Customer id`: what a person reads over a field that has no title. */
export function humanName(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
