import { isJsonObject, type Json, sameJson } from './json'

/** One place where two values are not the same. A side that is absent is not there at all. */
export interface JsonDifference {
  readonly path: readonly (string | number)[]
  readonly expected?: Json
  readonly actual?: Json
}

/**
 * Where two values differ, deepest places first named: what a person has to look at.
 * @param most places at most
 */
export function differencesBetween(expected: Json, actual: Json, most = 50): readonly JsonDifference[] {
  const found: JsonDifference[] = []
  const look = (
    before: Json | undefined,
    now: Json | undefined,
    path: readonly (string | number)[],
  ): void => {
    if (found.length >= most || sameJson(before, now)) return
    if (Array.isArray(before) && Array.isArray(now)) {
      for (let at = 0; at < Math.max(before.length, now.length); at++)
        look(before[at], now[at], [...path, at])
      return
    }
    if (isJsonObject(before) && isJsonObject(now)) {
      for (const key of new Set([...Object.keys(before), ...Object.keys(now)]))
        look(own(before, key), own(now, key), [...path, key])
      return
    }
    found.push({
      path,
      ...(before === undefined ? {} : { expected: before }),
      ...(now === undefined ? {} : { actual: now }),
    })
  }
  look(expected, actual, [])
  return found
}

/** Keys are a stranger's: `constructor` is a good one, and every object has something under that name. */
const own = (object: { readonly [key: string]: Json }, key: string): Json | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined
