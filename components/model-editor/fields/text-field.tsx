'use client'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Textarea } from '@/components/ui/textarea'
import { useDraft } from './use-draft'

export interface TextFieldProps {
  readonly label: string
  readonly value: string
  readonly commit: (text: string) => string | undefined
  readonly description?: string
  readonly long?: boolean
  readonly placeholder?: string
}

/** A text of the design, saved as it is typed. */
export function TextField({ label, value, commit, description, long = false, placeholder }: TextFieldProps) {
  const draft = useDraft(value, commit)
  const control = { value: draft.text, onValueChange: draft.change, placeholder }
  return (
    <Field label={label} description={description} error={draft.error}>
      {long ? <Textarea rows={2} {...control} /> : <Input {...control} />}
    </Field>
  )
}
