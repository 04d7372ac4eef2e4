import { isJsonObject } from '@/core/json'

/**
 * The same value as `after`, made of the parts of `before` wherever they say the same: what did not change is the very
 * object it was, so nothing renders for it and undo holds only what did.
 */
export function shareStructure<T>(before: unknown, after: T): T {
  return share(before, after) as T
}

function share(before: unknown, after: unknown): unknown {
  if (Object.is(before, after)) return before
  if (Array.isArray(before) && Array.isArray(after)) {
    const parts = after.map((item, at) => share(before[at], item))
    return parts.length === before.length && parts.every((item, at) => item === before[at]) ? before : parts
  }
  if (!isJsonObject(before) || !isJsonObject(after)) return after
  const keys = Object.keys(after)
  const parts = Object.fromEntries(keys.map((key) => [key, share(before[key], after[key])]))
  const same =
    keys.length === Object.keys(before).length &&
    keys.every((key) => key in before && parts[key] === before[key])
  return same ? before : parts
}
