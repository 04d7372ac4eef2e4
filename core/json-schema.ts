import { z } from 'zod'
import type { Issue } from './errors'
import { isJsonObject, type Json, type JsonObject } from './json'
import { parseWith } from './parse'
import { ok, type Result } from './result'

// zod compiles validators with `new Function` where it may; the page's security policy forbids it.
z.config({ jitless: true })

const compiled = new WeakMap<JsonObject, z.ZodType | null>()

/**
 * Checks a value against a JSON Schema of a design (draft 2020-12).
 * @returns the value, or what is wrong with paths; a schema that cannot be read accepts everything (lint names it)
 */
export function checkAgainstSchema(schema: JsonObject, value: Json): Result<Json, readonly Issue[]> {
  let validator = compiled.get(schema)
  if (validator === undefined) {
    validator = readSchema(schema)
    compiled.set(schema, validator)
  }
  if (validator === null) return ok(value)
  const parsed = parseWith(validator, value)
  return parsed.ok ? ok(value) : parsed
}

/** The schema as a validator, or null when it is no JSON Schema we can read, or one too costly to apply. */
export function readSchema(schema: JsonObject): z.ZodType | null {
  if (hasCostlyPattern(schema)) return null
  try {
    return z.fromJSONSchema(withRequiredNamed(schema) as Parameters<typeof z.fromJSONSchema>[0])
  } catch {
    return null
  }
}

/** Longest regular expression a schema may hold, in characters. */
const PATTERN_CHARS = 200

/** Repeats of a group, and references back, are what makes matching take exponential time. */
const COSTLY = /\)\s*(?:[*+]|\{\d+,)|\\[1-9k]/

/** Patterns run on the host, outside the sandbox: those that could keep it busy for ever are not taken. */
function hasCostlyPattern(schema: Json): boolean {
  if (Array.isArray(schema)) return schema.some(hasCostlyPattern)
  if (!isJsonObject(schema)) return false
  return Object.entries(schema).some(([key, value]) => {
    if (key === 'pattern' && typeof value === 'string')
      return value.length > PATTERN_CHARS || COSTLY.test(value)
    if (key === 'patternProperties' && isJsonObject(value)) return true
    return typeof value === 'object' && hasCostlyPattern(value)
  })
}

/** zod asks only for required properties that `properties` names: the others are named here, and accept anything. */
function withRequiredNamed(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(withRequiredNamed)
  if (!isJsonObject(schema)) return schema
  const inner = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, withRequiredNamed(value)]),
  )
  const { required, properties } = inner
  if (!Array.isArray(required)) return inner
  const named = isJsonObject(properties) ? properties : {}
  const unnamed = required.filter((name) => typeof name === 'string' && !Object.hasOwn(named, name))
  return { ...inner, properties: { ...named, ...Object.fromEntries(unnamed.map((name) => [name, {}])) } }
}
