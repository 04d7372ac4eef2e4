'use client'
import { Field } from '@base-ui/react/field'
import type { ComponentProps } from 'react'
import { classNames } from './class-names'
import { controlClass } from './control-class'

export interface TextareaProps extends Omit<ComponentProps<'textarea'>, 'className'> {
  readonly mono?: boolean
  readonly className?: string
  readonly onValueChange?: (value: string) => void
}

export function Textarea({
  mono = false,
  className,
  onValueChange,
  rows = 3,
  value,
  defaultValue,
  disabled,
  id,
  ...rest
}: TextareaProps) {
  return (
    <Field.Control
      value={value}
      defaultValue={defaultValue}
      disabled={disabled}
      id={id}
      onValueChange={(next) => onValueChange?.(next)}
      className={classNames(
        controlClass,
        'resize-y py-1 leading-5',
        mono && '!font-mono !text-xs tabular-nums',
        className,
      )}
      render={<textarea rows={rows} spellCheck={!mono} {...rest} />}
    />
  )
}
