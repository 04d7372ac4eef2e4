'use client'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Field } from '@/components/ui/field'
import type { Json } from '@/core/json'
import { useUnread } from './unread'

const CodeEditor = dynamic(() => import('@/components/ui/code-editor').then((module) => module.CodeEditor), {
  ssr: false,
})

export interface JsonFieldProps {
  readonly label: string
  readonly value: Json
  readonly onChange: (value: Json) => void
  readonly description?: string
  readonly error?: string
  readonly required?: boolean
  readonly minHeight?: number
  /** What is wrong with a value that is JSON but will not do; it is then not passed on. */
  readonly refuse?: (value: Json) => string | undefined
}

const textOf = (value: Json): string => JSON.stringify(value, null, 2)

/**
 * A JSON value as text. While the text is no JSON the last value that was stands, and the field says so:
 * half-typed text must survive, so it is kept here until the value changes from outside.
 */
export function JsonField({
  label,
  value,
  onChange,
  description,
  error,
  required,
  minHeight = 96,
  refuse,
}: JsonFieldProps) {
  const [draft, setDraft] = useState({ text: textOf(value), value: textOf(value) })
  const outside = textOf(value)
  const text = draft.value === outside ? draft.text : outside
  const { problem } = read(text, refuse)
  useUnread(problem !== undefined)

  const edit = (next: string) => {
    const parsed = read(next, refuse)
    if (parsed.problem !== undefined) return setDraft({ text: next, value: outside })
    setDraft({ text: next, value: textOf(parsed.value) })
    onChange(parsed.value)
  }
  return (
    <Field label={label} description={description} error={problem ?? error} required={required}>
      <CodeEditor value={text} onChange={edit} language="json" minHeight={minHeight} maxHeight={320} />
    </Field>
  )
}

function read(
  text: string,
  refuse: JsonFieldProps['refuse'],
): { readonly value: Json; readonly problem?: string } {
  try {
    const value = JSON.parse(text) as Json
    return { value, problem: refuse?.(value) }
  } catch (cause) {
    return {
      value: null,
      problem: cause instanceof Error ? `Not JSON yet: ${cause.message}` : 'Not JSON yet',
    }
  }
}
