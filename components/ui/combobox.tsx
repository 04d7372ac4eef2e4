'use client'
import { Combobox as Base } from '@base-ui/react/combobox'
import { Check, ChevronsUpDown } from 'lucide-react'
import { useMemo } from 'react'
import { classNames } from './class-names'
import { controlClass, optionClass } from './control-class'

export interface ComboboxOption {
  readonly value: string
  readonly label: string
  readonly description?: string
}

export interface ComboboxProps {
  readonly value: string | null
  readonly onValueChange: (value: string | null) => void
  readonly options: readonly ComboboxOption[]
  readonly placeholder?: string
  readonly emptyText?: string
  readonly ariaLabel?: string
  readonly disabled?: boolean
  readonly autoFocus?: boolean
}

/**
 * A select that is typed into: for lists longer than one looks through. Options that say the same are the same list: given
 * another, the input would take back what is being typed.
 */
export function Combobox(props: ComboboxProps) {
  const { value, onValueChange, placeholder = 'Search…', emptyText = 'Nothing matches', ariaLabel } = props
  const said = JSON.stringify(props.options)
  const options = useMemo((): readonly ComboboxOption[] => JSON.parse(said), [said])
  const chosen = options.find((option) => option.value === value) ?? null
  return (
    <Base.Root<ComboboxOption>
      items={options}
      value={chosen}
      onValueChange={(next) => onValueChange(next?.value ?? null)}
      isItemEqualToValue={(a, b) => a.value === b.value}
      disabled={props.disabled}
      autoHighlight
    >
      <div className="relative">
        <Base.Input
          aria-label={ariaLabel}
          placeholder={placeholder}
          autoFocus={props.autoFocus}
          className={classNames(controlClass, 'h-7 pr-7')}
        />
        <Base.Trigger
          aria-label="Show all"
          className="absolute inset-y-0 right-0 flex w-7 items-center justify-center text-subtle hover:text-ink"
        >
          <ChevronsUpDown size={14} />
        </Base.Trigger>
      </div>
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-50 outline-none">
          <Base.Popup className="floats max-h-[min(320px,var(--available-height))] min-w-(--anchor-width) overflow-y-auto">
            <Base.Empty className="px-3 py-2 text-sm text-muted empty:p-0">{emptyText}</Base.Empty>
            <Base.List className="p-1 empty:p-0">
              {(option: ComboboxOption) => (
                <Base.Item
                  key={option.value}
                  value={option}
                  className={classNames(optionClass, 'relative pr-7')}
                >
                  <span className="min-w-0">
                    {option.label}
                    {option.description === undefined ? null : (
                      <span className="block text-xs text-muted">{option.description}</span>
                    )}
                  </span>
                  <Base.ItemIndicator className="absolute right-2 text-muted">
                    <Check />
                  </Base.ItemIndicator>
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
