'use client'
import { useState } from 'react'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { NumberField, type NumberFieldProps } from '@/components/ui/number-field'
import { Select } from '@/components/ui/select'
import { Switch } from '@/components/ui/switch'
import { Textarea } from '@/components/ui/textarea'
import type { Json } from '@/core/json'
import { assertNever } from '@/core/result'
import { ArrayField } from './array-field'
import type { SchemaFieldProps } from './field-props'
import { fieldShape } from './field-shape'
import { issueHere, issuesWithin } from './issues-at'
import { JsonField } from './json-field'
import { ObjectField } from './object-field'
import { useUnread } from './unread'

/** One value of a form, drawn by the shape its schema has. A value that does not fit is shown as JSON. */
export function SchemaField(props: SchemaFieldProps) {
  const { root, schema, required, value, onChange, issues } = props
  const shape = fieldShape(root, schema)
  const label = props.label ?? 'Value'
  const field = {
    label: shape.title ?? label,
    required,
    ...(shape.description === null ? {} : { description: shape.description }),
  }
  const error = issueHere(issues)
  const invalid = error === undefined ? {} : { error }
  const within = issuesWithin(issues)
  switch (shape.kind) {
    case 'object':
      return <ObjectField {...props} shape={shape} Member={SchemaField} />
    case 'array':
      return <ArrayField {...props} label={field.label} shape={shape} Member={SchemaField} />
    case 'choice':
      return (
        <Field {...field} {...invalid}>
          <Select
            value={value === undefined ? null : JSON.stringify(value)}
            onValueChange={(next) => onChange(JSON.parse(next) as Json)}
            options={shape.options.map((option) => ({
              value: JSON.stringify(option),
              label: String(option),
            }))}
          />
        </Field>
      )
    case 'text': {
      if (value !== undefined && value !== null && typeof value !== 'string') break
      const control = {
        value: value ?? '',
        // an optional text that is emptied is absent again, not ""
        onValueChange: (next: string) => onChange(next === '' && !required ? undefined : next),
        name: props.id,
      }
      return (
        <Field {...field} {...invalid}>
          {shape.long ? <Textarea {...control} /> : <Input {...control} />}
        </Field>
      )
    }
    case 'number':
      if (value !== undefined && value !== null && typeof value !== 'number') break
      return (
        <Field {...field} {...invalid}>
          <NumberOf
            value={value ?? null}
            onValueChange={(next) => onChange(next ?? (required ? null : undefined))}
            step={shape.integer ? 1 : 0.01}
            isWhole={shape.integer}
            {...(shape.min === undefined ? {} : { min: shape.min })}
            {...(shape.max === undefined ? {} : { max: shape.max })}
          />
        </Field>
      )
    case 'boolean':
      return (
        <Switch
          label={field.label}
          {...(error === undefined
            ? field.description
              ? { description: field.description }
              : {}
            : { description: error })}
          checked={value === true}
          onCheckedChange={onChange}
        />
      )
    case 'json':
      break
    default:
      return assertNever(shape)
  }
  return (
    <JsonField
      {...field}
      value={value ?? null}
      onChange={onChange}
      {...(within === undefined ? {} : { error: within })}
    />
  )
}

/** A number of the form: while what is typed will not do, the form has text that is no value. */
function NumberOf(props: NumberFieldProps) {
  const [isWrong, setIsWrong] = useState(false)
  useUnread(isWrong)
  return <NumberField {...props} onWrong={setIsWrong} />
}
