'use client'
import type { ReactNode } from 'react'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Textarea } from '@/components/ui/textarea'
import type { DesignPath } from '@/core/design/program'
import { firstError, useProblemsAt } from './node-edit'
import { useDraft } from './use-draft'

interface TextFieldProps {
  readonly label: string
  readonly value: string
  /** @returns what is wrong with the text, or null */
  readonly commit: (text: string) => string | null
  /** Where problems with it are told. */
  readonly path: DesignPath
  readonly description?: string
  readonly placeholder?: string
  readonly required?: boolean
  readonly mono?: boolean
  readonly rows?: number
  /** Stands at the end of the label's line. */
  readonly action?: ReactNode
  readonly onFocus?: () => void
}

export function TextField({
  label,
  value,
  commit,
  path,
  description,
  required,
  rows,
  action,
  ...rest
}: TextFieldProps) {
  const draft = useDraft(value, commit)
  const known = firstError(useProblemsAt(path))
  return (
    <Field
      label={label}
      description={description}
      required={required}
      error={draft.error ?? known}
      action={action}
    >
      {rows === undefined ? (
        <Input value={draft.text} onValueChange={draft.change} {...rest} />
      ) : (
        <Textarea value={draft.text} onValueChange={draft.change} rows={rows} {...rest} />
      )}
    </Field>
  )
}
