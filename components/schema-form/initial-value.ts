import { isJsonObject, type Json, type JsonObject } from '@/core/json'
import { assertNever } from '@/core/result'
import { fieldShape, resolveRef } from './field-shape'

/** How deep a schema that refers to itself is filled in. */
const MAX_DEPTH = 6

/**
 * A value to start typing from: the schema's own `default` or first example where it has one, else the
 * emptiest value of its type with every required property present.
 */
export function initialValue(root: JsonObject, schema: JsonObject = root, depth = 0): Json {
  const resolved = resolveRef(root, schema)
  if (resolved.default !== undefined) return resolved.default
  if (Array.isArray(resolved.examples) && resolved.examples[0] !== undefined) return resolved.examples[0]
  const shape = fieldShape(root, schema)
  switch (shape.kind) {
    case 'object':
      if (depth >= MAX_DEPTH) return {}
      return Object.fromEntries(
        shape.properties
          .filter((property) => property.required)
          .map((property) => [property.name, initialValue(root, property.schema, depth + 1)]),
      )
    case 'array':
      return []
    case 'choice':
      return shape.options[0] ?? null
    case 'text':
      return ''
    case 'number':
      return Math.max(shape.min ?? 0, 0)
    case 'boolean':
      return false
    case 'json':
      return isJsonObject(resolved) && resolved.type === 'array' ? [] : {}
    default:
      return assertNever(shape)
  }
}
