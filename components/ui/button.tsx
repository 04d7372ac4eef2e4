'use client'
import type { ComponentProps, ReactNode } from 'react'
import { type ButtonVariant, buttonClass, type ControlSize } from './button-class'
import { classNames } from './class-names'
import { Spinner } from './spinner'

export interface ButtonProps extends ComponentProps<'button'> {
  readonly variant?: ButtonVariant
  readonly size?: ControlSize
  /** Keeps the button's place and its focus, and refuses clicks. */
  readonly loading?: boolean
  readonly icon?: ReactNode
}

export function Button({
  variant = 'secondary',
  size = 'md',
  loading = false,
  icon,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      // not `disabled`: that would drop the keyboard's focus in the middle of an action
      aria-disabled={loading || undefined}
      aria-busy={loading || undefined}
      onClick={(event) => (loading ? event.preventDefault() : onClick?.(event))}
      className={classNames(buttonClass(variant, size), className)}
    >
      {loading ? <Spinner size={size === 'sm' ? 14 : 16} /> : icon}
      {children}
    </button>
  )
}
