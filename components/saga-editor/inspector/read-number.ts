import { durationWords } from '@/components/saga-graph/node-words'
import { DESIGN_LIMITS } from '@/core/design/limits'
import { err, ok, type Result } from '@/core/result'

export interface NumberRange {
  readonly min?: number
  readonly max?: number
  /** 1 or none: only whole numbers. */
  readonly step?: number
  readonly unit?: string
  /** Whether it may not be left empty. */
  readonly required?: boolean
}

const LONGEST_DAYS = DESIGN_LIMITS.durationMs / 86_400_000

/**
 * Reads what was typed into a number's field; empty is null.
 * @returns the number, or in words why it is none that will do
 */
export function readNumber(
  text: string,
  { min, max, step = 1, unit, required }: NumberRange,
): Result<number | null, string> {
  const written = text.trim()
  if (written === '') return required ? err('A number is needed') : ok(null)
  const value = Number(written)
  if (!Number.isFinite(value)) return err('This is not a number')
  if (min !== undefined && value < min) return err(`At least ${min}${unit === undefined ? '' : ` ${unit}`}`)
  const most = max ?? (unit === 'ms' ? DESIGN_LIMITS.durationMs : undefined)
  if (most !== undefined && value > most) return err(`At most ${mostWords(most, unit)}`)
  if (Number.isInteger(step) && !Number.isInteger(value)) return err('A whole number, please')
  return ok(value)
}

function mostWords(most: number, unit: string | undefined): string {
  if (unit !== 'ms') return unit === undefined ? String(most) : `${most} ${unit}`
  return most === DESIGN_LIMITS.durationMs ? `${LONGEST_DAYS} days (${most} ms)` : durationWords(most)
}
