'use client'
import { Field as Base } from '@base-ui/react/field'
import { Minus, Plus } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { Field } from '@/components/ui/field'
import { numberGroupClass, numberInputClass, numberStepClass } from '@/components/ui/number-field'
import { type NumberRange, readNumber } from './read-number'

interface CheckedNumberProps extends NumberRange {
  readonly label: string
  readonly value: number | undefined
  /** @returns what is wrong with the number, or null */
  readonly commit: (value: number | null) => string | null
  readonly description?: string
  readonly placeholder?: string
  readonly disabled?: boolean
}

/** A number as it is typed. What will not do stays as it was written, with the reason, and changes nothing. */
export function CheckedNumberField(props: CheckedNumberProps) {
  const { label, value, commit, description, placeholder, disabled, ...range } = props
  const [draft, setDraft] = useState<{
    readonly text: string
    readonly error: string | undefined
    readonly over: number | undefined
  } | null>(null)
  // The design was changed under the draft: what is there now counts.
  const live = draft !== null && draft.over === value ? draft : null

  const change = (text: string): void => {
    const read = readNumber(text, range)
    const error = read.ok ? commit(read.value) : read.error
    const taken = read.ok && error === null ? (read.value ?? undefined) : value
    setDraft({ text, error: error ?? undefined, over: taken })
  }
  const stepBy = (steps: number): void => {
    const next = (value ?? 0) + steps * (range.step ?? 1)
    change(String(Math.min(Math.max(next, range.min ?? next), range.max ?? next)))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps = { ArrowUp: 1, ArrowDown: -1 }[event.key]
    if (steps === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    stepBy(event.shiftKey ? steps * 10 : steps)
  }
  const button = { type: 'button', tabIndex: -1, disabled, className: numberStepClass } as const
  return (
    <Field label={label} description={description} error={live?.error}>
      <div className={numberGroupClass} data-invalid={live?.error === undefined ? undefined : ''}>
        <Base.Control
          inputMode="decimal"
          autoComplete="off"
          placeholder={placeholder}
          disabled={disabled}
          value={live?.text ?? value ?? ''}
          onValueChange={(text) => change(String(text))}
          onBlur={() => live?.error === undefined && setDraft(null)}
          onKeyDown={onKeyDown}
          className={numberInputClass}
        />
        {range.unit === undefined ? null : (
          <span className="self-center pr-2 text-xs text-subtle">{range.unit}</span>
        )}
        <button {...button} aria-label="Decrease" onClick={() => stepBy(-1)}>
          <Minus size={12} />
        </button>
        <button {...button} aria-label="Increase" onClick={() => stepBy(1)}>
          <Plus size={12} />
        </button>
      </div>
    </Field>
  )
}
