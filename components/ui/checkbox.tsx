'use client'
import { Checkbox as Base } from '@base-ui/react/checkbox'
import { Check } from 'lucide-react'
import { ToggleLabel, type ToggleProps } from './toggle-label'

export function Checkbox({ label, description, checked, onCheckedChange, disabled }: ToggleProps) {
  return (
    <ToggleLabel
      label={label}
      description={description}
      control={({ labelId, describedBy }) => (
        <Base.Root
          checked={checked}
          onCheckedChange={(next) => onCheckedChange(next)}
          disabled={disabled}
          aria-labelledby={labelId}
          aria-describedby={describedBy}
          className="flex size-4 shrink-0 items-center justify-center rounded-[4px] border border-subtle bg-surface transition-colors duration-hover data-checked:border-accent data-checked:bg-accent data-disabled:opacity-50"
        >
          <Base.Indicator className="text-accent-ink">
            <Check size={12} strokeWidth={3} />
          </Base.Indicator>
        </Base.Root>
      )}
    />
  )
}
