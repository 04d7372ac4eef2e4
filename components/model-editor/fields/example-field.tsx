'use client'
import { useMemo } from 'react'
import { issuesWithin } from '@/components/schema-form/issues-at'
import { JsonField } from '@/components/schema-form/json-field'
import { isJsonObject, type Json, type JsonObject } from '@/core/json'
import { checkAgainstSchema, readSchema } from '@/core/json-schema'

export interface ExampleFieldProps {
  readonly label: string
  readonly value: Json
  readonly schema: JsonObject
  readonly commit: (value: Json) => void
  readonly description?: string
}

/** An example or first state, checked against the schema that stands beside it. */
export function ExampleField({ label, value, schema, commit, description }: ExampleFieldProps) {
  const error = useMemo(() => {
    const checked = checkAgainstSchema(schema, value)
    return checked.ok ? undefined : `Does not fit its schema: ${issuesWithin(checked.error)}`
  }, [schema, value])
  return <JsonField label={label} value={value} onChange={commit} description={description} error={error} />
}

export interface SchemaTextFieldProps {
  readonly label: string
  readonly value: JsonObject
  readonly commit: (value: JsonObject) => void
}

/** A JSON Schema as text. One that cannot be read is kept, since it is theirs, and said to accept everything. */
export function SchemaTextField({ label, value, commit }: SchemaTextFieldProps) {
  const unreadable = useMemo(() => readSchema(value) === null, [value])
  return (
    <JsonField
      label={label}
      value={value}
      refuse={(next) => (isJsonObject(next) ? undefined : 'A schema is an object; {} accepts everything')}
      onChange={(next) => {
        if (isJsonObject(next)) commit(next)
      }}
      description="JSON Schema. Forms are made from it, and what does not fit it is refused."
      error={unreadable ? 'This is no JSON Schema that can be read: it accepts everything.' : undefined}
    />
  )
}
