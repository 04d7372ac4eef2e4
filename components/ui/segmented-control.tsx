'use client'
import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import type { ReactNode } from 'react'
import type { ControlSize } from './button-class'
import { classNames } from './class-names'

export interface Segment<T extends string> {
  readonly value: T
  readonly label: string
  readonly icon?: ReactNode
}

export interface SegmentedControlProps<T extends string> {
  readonly value: T
  readonly onValueChange: (value: T) => void
  readonly options: readonly Segment<T>[]
  readonly ariaLabel: string
  readonly size?: ControlSize
}

/** One of a few, all in sight. Arrow keys move along it. */
export function SegmentedControl<T extends string>(props: SegmentedControlProps<T>) {
  const { value, onValueChange, options, ariaLabel, size = 'md' } = props
  return (
    <ToggleGroup<T>
      aria-label={ariaLabel}
      value={[value]}
      // pressing the one that is on would leave none: there is always one
      onValueChange={([next]) => next !== undefined && onValueChange(next)}
      className="inline-flex w-fit items-center gap-px rounded-md border border-line bg-sunken p-px"
    >
      {options.map((option) => (
        <Toggle
          key={option.value}
          value={option.value}
          className={classNames(
            'inline-flex select-none items-center gap-1.5 whitespace-nowrap rounded-[7px] border border-transparent font-medium text-muted transition-colors duration-hover [&_svg]:size-3.5',
            'hover:text-ink data-pressed:border-line data-pressed:bg-raised data-pressed:text-ink data-pressed:shadow-[0_1px_1px_rgb(0_0_0/0.05)]',
            size === 'sm' ? 'h-5 px-2 text-xs' : 'h-[26px] px-3 text-sm',
          )}
        >
          {option.icon}
          {option.label}
        </Toggle>
      ))}
    </ToggleGroup>
  )
}
