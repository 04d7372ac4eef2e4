/** Any JSON value. What crosses the sandbox, the socket and the disk is always this. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json
}

/** A JSON object, as opposed to a list, a scalar or null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * An object that is JSON by its type, as `Json`: TypeScript does not see that an interface has no other members.
 * For our own types only; what comes from outside is parsed.
 */
export const asJson = (value: object | null): Json => value as Json

/** Whether two values are the same JSON, in whatever order their members stand. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
    return a.every((item, at) => sameJson(item, b[at]))
  }
  if (a === undefined || b === undefined || !isJsonObject(a) || !isJsonObject(b)) return false
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  // A member that is undefined is no member: JSON leaves it out.
  return [...keys].every((key) => sameJson(a[key], b[key]))
}
