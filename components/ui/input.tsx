'use client'
import { Input as Base } from '@base-ui/react/input'
import type { ComponentProps } from 'react'
import type { ControlSize } from './button-class'
import { classNames } from './class-names'
import { controlClass } from './control-class'

export interface InputProps extends Omit<ComponentProps<'input'>, 'size' | 'className'> {
  /** Ids, amounts, expressions. */
  readonly mono?: boolean
  readonly size?: ControlSize
  readonly className?: string
  readonly onValueChange?: (value: string) => void
}

export function Input({ mono = false, size = 'md', className, onValueChange, ...rest }: InputProps) {
  return (
    <Base
      autoComplete="off"
      spellCheck={!mono}
      {...rest}
      onValueChange={(value) => onValueChange?.(value)}
      className={classNames(
        controlClass,
        size === 'sm' ? 'h-6' : 'h-7',
        mono && '!font-mono !text-xs tabular-nums',
        className,
      )}
    />
  )
}
