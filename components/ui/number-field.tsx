'use client'
import { Input as Base } from '@base-ui/react/input'
import { Minus, Plus } from 'lucide-react'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { classNames } from './class-names'
import { useFieldError } from './field'
import { type NumberRange, readNumber } from './read-number'

export interface NumberFieldProps extends NumberRange {
  /** null is empty. */
  readonly value: number | null
  readonly onValueChange?: (value: number | null) => void
  /** Instead of `onValueChange`, where a number may be refused: takes it and answers null, or says what is wrong with it. */
  readonly commit?: (value: number | null) => string | null
  /** Told when what is typed will not do, so that the value is not what is seen, and when it does again. */
  readonly onWrong?: (isWrong: boolean) => void
  readonly step?: number
  readonly placeholder?: string
  readonly ariaLabel?: string
  readonly disabled?: boolean
}

interface Draft {
  readonly text: string
  readonly error: string | undefined
  /** The value it was typed over, or became. */
  readonly over: number | null
  /** The value before the first key of it. */
  readonly before: number | null
}

const stepClass =
  'flex w-6 shrink-0 items-center justify-center border-l border-line text-muted hover:bg-hover hover:text-ink disabled:opacity-40'

/** A number as it is typed. What will not do stays as it was written, with the reason at its field, and changes nothing. */
export function NumberField(props: NumberFieldProps) {
  const {
    value,
    onValueChange,
    commit,
    onWrong,
    step = 1,
    placeholder,
    ariaLabel,
    disabled,
    ...range
  } = props
  const { min, max, unit } = range
  const [draft, setDraft] = useState<Draft | null>(null)
  // Changed from elsewhere under the draft: what is there now counts.
  const live = draft !== null && draft.over === value ? draft : null
  const isWrong = live?.error !== undefined
  useFieldError(live?.error)
  useEffect(() => onWrong?.(isWrong), [onWrong, isWrong])

  const take = (next: number | null): string | null => {
    if (commit) return commit(next)
    onValueChange?.(next)
    return null
  }
  const change = (text: string): void => {
    const read = readNumber(text, range)
    const error = read.ok ? (take(read.value) ?? undefined) : read.error
    const before = live === null ? value : live.before
    if (read.ok && error === undefined) {
      setDraft({ text, error, over: read.value, before })
      return
    }
    // 120 on the way to 1200 was a number that would do, and is not what was meant.
    if (value !== before) take(before)
    setDraft({ text, error, over: before, before })
  }
  const stepBy = (steps: number): void => {
    // 0.1 + 0.2 is to be 0.3
    const next = Number(((value ?? 0) + steps * step).toFixed(12))
    change(String(Math.min(Math.max(next, min ?? next), max ?? next)))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps = { ArrowUp: 1, ArrowDown: -1 }[event.key]
    if (steps === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    stepBy(event.shiftKey ? steps * 10 : steps)
  }
  const button = { type: 'button', tabIndex: -1, className: stepClass } as const
  const of = ariaLabel === undefined ? '' : ` ${ariaLabel}`
  return (
    <div
      data-invalid={isWrong ? '' : undefined}
      data-disabled={disabled ? '' : undefined}
      className={classNames(
        'flex h-7 w-full overflow-hidden rounded-sm border border-line-strong bg-surface data-disabled:opacity-50',
        'focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-(--focus)',
        'has-[[aria-invalid=true]]:border-state-failed data-invalid:border-state-failed',
      )}
    >
      <Base
        inputMode="decimal"
        autoComplete="off"
        aria-label={ariaLabel}
        {...(isWrong ? { 'aria-invalid': true, title: live?.error } : {})}
        placeholder={placeholder}
        disabled={disabled}
        value={live?.text ?? (value === null ? '' : String(value))}
        onValueChange={change}
        onBlur={() => isWrong || setDraft(null)}
        onKeyDown={onKeyDown}
        className="w-0 flex-1 bg-transparent px-2 font-mono text-xs tabular-nums outline-none placeholder:text-subtle"
      />
      {unit === undefined ? null : <span className="self-center pr-2 text-xs text-subtle">{unit}</span>}
      <button
        {...button}
        disabled={disabled || (min !== undefined && value !== null && value <= min)}
        aria-label={`Decrease${of}`}
        onClick={() => stepBy(-1)}
      >
        <Minus size={12} />
      </button>
      <button
        {...button}
        disabled={disabled || (max !== undefined && value !== null && value >= max)}
        aria-label={`Increase${of}`}
        onClick={() => stepBy(1)}
      >
        <Plus size={12} />
      </button>
    </div>
  )
}
