'use client'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { HttpStatus } from '@/core/design/http'
import { useDraft } from '../../fields/use-draft'
import { readStatuses, statusesText } from '../../recipes/http-call'

export interface HttpStatusesFieldProps {
  readonly label: string
  readonly description: string
  readonly value: readonly HttpStatus[]
  readonly onChange: (statuses: HttpStatus[]) => string | undefined
}

/** Statuses, as text: `2xx, 404`. */
export function HttpStatusesField({ label, description, value, onChange }: HttpStatusesFieldProps) {
  const draft = useDraft(statusesText(value), (text) => {
    const read = readStatuses(text)
    if ('wrong' in read) return read.wrong
    // A comma that is typed on the way to the next one changes nothing yet.
    if (statusesText(read.value) === statusesText(value) && text !== statusesText(value)) return ''
    return onChange(read.value)
  })
  return (
    <Field label={label} description={description} error={draft.error}>
      <Input mono value={draft.text} onValueChange={draft.change} />
    </Field>
  )
}
