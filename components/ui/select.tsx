'use client'
import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronsUpDown } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ControlSize } from './button-class'
import { classNames } from './class-names'
import { controlClass, optionClass } from './control-class'

export interface SelectOption<T extends string> {
  readonly value: T
  readonly label: string
  readonly description?: string
  readonly icon?: ReactNode
}

export interface SelectProps<T extends string> {
  readonly value: T | null
  readonly onValueChange: (value: T) => void
  readonly options: readonly SelectOption<T>[]
  readonly placeholder?: string
  readonly ariaLabel?: string
  readonly disabled?: boolean
  readonly size?: ControlSize
}

export function Select<T extends string>(props: SelectProps<T>) {
  const { value, onValueChange, options, placeholder = 'Choose…', ariaLabel, disabled, size = 'md' } = props
  const chosen = options.find((option) => option.value === value)
  return (
    <Base.Root<T>
      value={value}
      onValueChange={(next) => next !== null && onValueChange(next)}
      items={options}
      disabled={disabled}
    >
      <Base.Trigger
        aria-label={ariaLabel}
        className={classNames(
          controlClass,
          'flex items-center justify-between gap-2 text-left data-popup-open:border-subtle [&_svg]:size-3.5',
          size === 'sm' ? 'h-6 !text-xs' : 'h-7',
        )}
      >
        <span className="flex min-w-0 items-center gap-2">
          {chosen?.icon}
          <Base.Value placeholder={placeholder} className="truncate data-placeholder:text-subtle" />
        </span>
        <Base.Icon className="text-subtle">
          <ChevronsUpDown />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50 outline-none">
          <Base.Popup className="floats max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto p-1">
            {options.map((option) => (
              <Base.Item
                key={option.value}
                value={option.value}
                className={classNames(optionClass, 'pr-7 relative')}
              >
                {option.icon}
                <span className="min-w-0">
                  <Base.ItemText>{option.label}</Base.ItemText>
                  {option.description === undefined ? null : (
                    <span className="block text-xs text-muted">{option.description}</span>
                  )}
                </span>
                <Base.ItemIndicator className="absolute right-2 text-muted">
                  <Check />
                </Base.ItemIndicator>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
