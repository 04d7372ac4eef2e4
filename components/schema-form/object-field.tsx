'use client'
import { isJsonObject, type Json } from '@/core/json'
import type { NestingProps, SchemaFieldProps } from './field-props'
import { type FieldShape, humanName } from './field-shape'
import { issuesUnder } from './issues-at'
import { JsonField } from './json-field'

export interface ObjectFieldProps extends SchemaFieldProps, NestingProps {
  readonly shape: Extract<FieldShape, { readonly kind: 'object' }>
}

/** Its properties one under the other; the form's root without a frame, what is nested inside one. */
export function ObjectField(props: ObjectFieldProps) {
  const { root, shape, label, value, onChange, issues, id, Member } = props
  if (value !== undefined && !isJsonObject(value)) {
    return <JsonField label={label ?? 'Value'} value={value} onChange={onChange} />
  }
  const object = value ?? {}
  const set = (name: string, next: Json | undefined) => {
    const { [name]: _old, ...rest } = object
    // a key keeps its place among the others while it is edited
    if (next === undefined) return onChange(rest)
    onChange(name in object ? { ...object, [name]: next } : { ...rest, [name]: next })
  }
  const fields = shape.properties.map((property) => (
    <Member
      key={property.name}
      root={root}
      schema={property.schema}
      label={humanName(property.name)}
      required={property.required}
      value={object[property.name]}
      onChange={(next) => set(property.name, next)}
      issues={issuesUnder(issues, property.name)}
      id={`${id}-${property.name}`}
    />
  ))
  if (fields.length === 0) return <p className="text-xs text-subtle">Nothing to fill in.</p>
  if (label === null) return <div className="flex flex-col gap-3">{fields}</div>
  return (
    <fieldset className="flex min-w-0 flex-col gap-3 rounded-sm border border-line p-3">
      <legend className="px-1 text-xs font-medium text-muted">{shape.title ?? label}</legend>
      {shape.description === null ? null : <p className="text-xs text-subtle">{shape.description}</p>}
      {fields}
    </fieldset>
  )
}
