'use client'
import { NumberField as Base } from '@base-ui/react/number-field'
import { Minus, Plus } from 'lucide-react'
import { classNames } from './class-names'

export interface NumberFieldProps {
  /** null is empty. */
  readonly value: number | null
  readonly onValueChange: (value: number | null) => void
  readonly min?: number
  readonly max?: number
  readonly step?: number
  /** Shown after the number: `ms`, `%`. */
  readonly unit?: string
  readonly placeholder?: string
  readonly ariaLabel?: string
  readonly disabled?: boolean
}

export const numberGroupClass = classNames(
  'flex h-7 w-full overflow-hidden rounded-sm border border-line-strong bg-surface data-disabled:opacity-50',
  'focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-(--focus) data-invalid:border-state-failed',
)
export const numberInputClass =
  'w-0 flex-1 bg-transparent px-2 font-mono text-xs tabular-nums outline-none placeholder:text-subtle'

/** As JSON writes it: no grouping, nothing rounded away. */
const plain = { useGrouping: false, maximumFractionDigits: 12 } as const

export const numberStepClass =
  'flex w-6 shrink-0 items-center justify-center border-l border-line text-muted hover:bg-hover hover:text-ink disabled:opacity-40'

export function NumberField({
  value,
  onValueChange,
  unit,
  placeholder,
  ariaLabel,
  ...rest
}: NumberFieldProps) {
  return (
    <Base.Root value={value} onValueChange={(next) => onValueChange(next)} format={plain} {...rest}>
      <Base.Group className={numberGroupClass}>
        <Base.Input aria-label={ariaLabel} placeholder={placeholder} className={numberInputClass} />
        {unit === undefined ? null : <span className="self-center pr-2 text-xs text-subtle">{unit}</span>}
        <Base.Decrement
          className={numberStepClass}
          aria-label={`Decrease${ariaLabel ? ` ${ariaLabel}` : ''}`}
        >
          <Minus size={12} />
        </Base.Decrement>
        <Base.Increment
          className={numberStepClass}
          aria-label={`Increase${ariaLabel ? ` ${ariaLabel}` : ''}`}
        >
          <Plus size={12} />
        </Base.Increment>
      </Base.Group>
    </Base.Root>
  )
}
