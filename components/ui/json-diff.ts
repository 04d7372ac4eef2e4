import { isJsonObject, type Json, sameJson } from '@/core/json'

/** How a value stands to the one before it. `inside`: the same kind of container, with a change somewhere in it. */
export type JsonMark = 'same' | 'changed' | 'inside' | 'added' | 'removed'

export interface JsonEntry {
  readonly key: string
  /** The value now; for a removed entry the one that was. */
  readonly value: Json
  /** Only for `changed` and `inside`. */
  readonly previous?: Json
  readonly mark: JsonMark
}

export const isContainer = (value: Json): value is readonly Json[] | Extract<Json, object> =>
  typeof value === 'object' && value !== null

/** @param previous leave out (undefined) when there is nothing to compare with */
export function markOf(value: Json, previous: Json | undefined): JsonMark {
  if (previous === undefined || sameJson(value, previous)) return 'same'
  const alike =
    isContainer(value) && isContainer(previous) && Array.isArray(value) === Array.isArray(previous)
  return alike ? 'inside' : 'changed'
}

/**
 * The entries of a container, each with its mark: what is there now in its order, then what is gone.
 * Lists are compared place by place.
 */
export function entriesOf(value: Json, previous: Json | undefined): readonly JsonEntry[] {
  const comparable =
    previous !== undefined && isContainer(previous) && Array.isArray(previous) === Array.isArray(value)
  if (!comparable) return pairs(value).map(([key, child]) => ({ key, value: child, mark: 'same' }))
  const before = new Map(pairs(previous))
  const now = pairs(value).map(([key, child]): JsonEntry => {
    const was = before.get(key)
    before.delete(key)
    if (was === undefined) return { key, value: child, mark: 'added' }
    const mark = markOf(child, was)
    return mark === 'same' ? { key, value: child, mark } : { key, value: child, previous: was, mark }
  })
  return [...now, ...[...before].map(([key, was]): JsonEntry => ({ key, value: was, mark: 'removed' }))]
}

function pairs(value: Json): readonly (readonly [string, Json])[] {
  if (Array.isArray(value)) return value.map((child: Json, index) => [String(index), child] as const)
  return isJsonObject(value) ? Object.entries(value) : []
}
