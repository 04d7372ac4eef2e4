import { isJsonObject, type Json } from '@/core/json'
import { fieldPath, pathText } from '@/core/projection/row-path'
import { momentIn } from '../moment'

/** Fields of these rows, in the order in which they are first seen. A row that is no object has the one field `value`. */
export function columnsOf(rows: readonly Json[]): readonly string[] {
  const seen = new Set<string>()
  for (const row of rows) {
    if (!isJsonObject(row)) seen.add('value')
    else for (const field of Object.keys(row)) seen.add(field)
  }
  return [...seen]
}

/** The path of a column, as filters and sorts write it; null when its name can stand in no path. */
export function columnPath(column: string, rows: readonly Json[]): string | null {
  // rows that are no objects have themselves in the column `value`
  const path = rows.some(isJsonObject) ? fieldPath(column) : WHOLE_ROW
  return path && pathText(path)
}

const WHOLE_ROW = { of: 'row', steps: [] } as const

/** What a cell shows; empty when the row has no such field. */
export function cellText(row: Json, column: string): string {
  const value = isJsonObject(row) ? row[column] : column === 'value' ? row : undefined
  if (value === undefined) return ''
  if (typeof value === 'string') return value
  return momentIn(column, value) ?? JSON.stringify(value)
}
