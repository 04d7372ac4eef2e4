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
