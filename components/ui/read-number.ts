import { err, ok, type Result } from '@/core/result'

export interface NumberRange {
  readonly min?: number
  readonly max?: number
  /** The most in other words: "366 days". */
  readonly mostWords?: string
  readonly unit?: string
  readonly isWhole?: boolean
  /** Whether it may not be left empty. */
  readonly required?: boolean
}

/** `0x10` is a slip, and not sixteen. */
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

/**
 * Reads what was typed into a number's field; empty is null.
 * @returns the number, or in words why it is none that will do
 */
export function readNumber(text: string, range: NumberRange): Result<number | null, string> {
  const { min, max, mostWords, unit, isWhole = false, required = false } = range
  const words = (bound: number): string => (unit === undefined ? String(bound) : `${bound} ${unit}`)
  const written = text.trim()
  if (written === '') return required ? err('A number is needed') : ok(null)
  const value = DECIMAL.test(written) ? Number(written) : Number.NaN
  if (!Number.isFinite(value)) return err('This is not a number')
  if (min !== undefined && value < min) return err(`At least ${words(min)}`)
  if (max !== undefined && value > max)
    return err(`At most ${mostWords === undefined ? words(max) : `${mostWords} (${words(max)})`}`)
  if (isWhole && !Number.isInteger(value)) return err('A whole number, please')
  return ok(value)
}
