import { type Json, sameJson } from '../json'

/** A row before and after; null: there is none. */
export interface RowChange {
  readonly key: string
  readonly before: Json
  readonly after: Json
}

/** The rows that differ, by key. */
export function compareRows(
  before: ReadonlyMap<string, Json>,
  after: ReadonlyMap<string, Json>,
): readonly RowChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((key) => {
    const change = { key, before: before.get(key) ?? null, after: after.get(key) ?? null }
    return sameJson(change.before, change.after) ? [] : [change]
  })
}
