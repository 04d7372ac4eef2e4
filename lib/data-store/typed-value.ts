import { isJsonObject, type Json } from '@/core/json'
import { parseFilter, type RowCondition, type RowOperator } from '@/core/projection/row-filter'
import type { Result } from '@/core/result'

/**
 * A condition from what a person picked and typed. What looks like a number is taken for a text where the column holds
 * texts; quotes make a text of anything.
 * @param path as filters write it
 */
export function typedCondition(
  path: string,
  operator: RowOperator,
  typed: string,
  holdsTexts: boolean,
): Result<RowCondition, string> {
  const text = typed.trim()
  const asWritten = /^".*"$/s.test(text) || (!holdsTexts && /^\S+$/.test(text) && !text.includes('"'))
  const parsed = parseFilter(`${path} ${operator} ${asWritten ? text : JSON.stringify(text)}`)
  if (!parsed.ok) return parsed
  const [condition] = parsed.value
  if (condition === undefined || parsed.value.length > 1)
    return { ok: false, error: 'Put quotes around a text that reads like more than one condition.' }
  return { ok: true, value: condition }
}

/** Whether the values of a column, as far as they are seen, are texts. */
export function holdsTexts(rows: readonly Json[], column: string): boolean {
  const values = rows.map((row) => (isJsonObject(row) ? row[column] : row))
  const seen = values.filter((value) => value !== undefined && value !== null)
  return seen.length > 0 && seen.every((value) => typeof value === 'string')
}
