'use client'
import type { ComponentProps, ReactNode } from 'react'
import { type ButtonVariant, buttonClass, type ControlSize } from './button-class'
import { classNames } from './class-names'
import { type Side, Tooltip } from './tooltip'

export interface IconButtonProps extends ComponentProps<'button'> {
  /** What it does: its tooltip and its name. */
  readonly label: string
  /** The icon. */
  readonly children: ReactNode
  readonly variant?: ButtonVariant
  readonly size?: ControlSize
  readonly shortcut?: string
  readonly side?: Side
  /** Makes it a toggle. */
  readonly pressed?: boolean
}

export function IconButton({
  label,
  children,
  variant = 'ghost',
  size = 'md',
  shortcut,
  side,
  pressed,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip content={label} shortcut={shortcut} side={side}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        {...rest}
        className={classNames(
          buttonClass(variant, size),
          '!px-0',
          size === 'sm' ? 'w-6' : 'w-7',
          'aria-pressed:bg-accent-soft aria-pressed:text-accent data-popup-open:bg-hover',
          className,
        )}
      >
        {children}
      </button>
    </Tooltip>
  )
}
