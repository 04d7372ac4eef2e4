'use client'
import { Switch as Base } from '@base-ui/react/switch'
import { ToggleLabel, type ToggleProps } from './toggle-label'

export function Switch({ label, description, checked, onCheckedChange, disabled }: ToggleProps) {
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
          className="inline-flex h-4 w-7 shrink-0 items-center rounded-full border border-transparent bg-subtle p-px transition-colors duration-hover data-checked:bg-accent data-disabled:opacity-50"
        >
          <Base.Thumb className="size-3 rounded-full bg-surface transition-transform duration-hover data-checked:translate-x-3" />
        </Base.Root>
      )}
    />
  )
}
