'use client'
import { useState } from 'react'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { idSchema, typeNameSchema } from '@/core/design/primitives'

export interface NameFieldProps {
  readonly label: string
  readonly value: string
  /** `id`: what URLs and streams carry. `type`: what code calls it. */
  readonly kind: 'id' | 'type'
  /** Names of the others in its scope. */
  readonly taken: readonly string[]
  readonly onRename: (name: string) => string | undefined
  readonly description?: string
  readonly required?: boolean
  /** What is known to be wrong with the name as it stands. */
  readonly error?: string
}

/** A name that others refer to: changed as a whole when the field is left or Enter is pressed; Esc takes it back. */
export function NameField({ label, value, kind, taken, onRename, error, ...field }: NameFieldProps) {
  const [draft, setDraft] = useState<{ text: string; over: string } | null>(null)
  const [refused, setRefused] = useState<string | undefined>(undefined)
  const live = draft !== null && draft.over === value ? draft : null
  const text = live?.text ?? value
  const wrong = live === null ? error : (problemOf(text, value, kind, taken) ?? refused)

  const commit = () => {
    if (live === null || wrong !== undefined) return
    if (text !== value) setRefused(onRename(text))
    else setDraft(null)
  }
  return (
    <Field label={label} error={wrong} {...field}>
      <Input
        mono
        value={text}
        onValueChange={(next) => {
          setRefused(undefined)
          setDraft({ text: next, over: value })
        }}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit()
          if (event.key === 'Escape') setDraft(null)
        }}
      />
    </Field>
  )
}

function problemOf(
  text: string,
  value: string,
  kind: 'id' | 'type',
  taken: readonly string[],
): string | undefined {
  if (text !== value && taken.includes(text)) return `“${text}” is taken`
  const parsed = (kind === 'id' ? idSchema : typeNameSchema).safeParse(text)
  return parsed.success ? undefined : parsed.error.issues[0]?.message
}
