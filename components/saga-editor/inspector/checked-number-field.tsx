'use client'
import { Field } from '@/components/ui/field'
import { NumberField } from '@/components/ui/number-field'
import { DESIGN_LIMITS } from '@/core/design/limits'

interface CheckedNumberProps {
  readonly label: string
  readonly value: number | undefined
  /** @returns what is wrong with the number, or null */
  readonly commit: (value: number | null) => string | null
  readonly description?: string
  readonly placeholder?: string
  /** `ms` is a time, which has an end. */
  readonly unit?: string
  readonly min?: number
  readonly max?: number
  /** Whole numbers, unless it is none. */
  readonly step?: number
  readonly required?: boolean
  readonly disabled?: boolean
}

const TIME = {
  max: DESIGN_LIMITS.durationMs,
  mostWords: `${DESIGN_LIMITS.durationMs / 86_400_000} days`,
} as const

/** A number of the design. */
export function CheckedNumberField(props: CheckedNumberProps) {
  const { label, value, commit, description, step = 1, ...rest } = props
  return (
    <Field label={label} description={description}>
      <NumberField
        value={value ?? null}
        commit={commit}
        step={step}
        isWhole={Number.isInteger(step)}
        {...(rest.unit === 'ms' ? TIME : {})}
        {...rest}
      />
    </Field>
  )
}
