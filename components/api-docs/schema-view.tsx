'use client'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { classNames } from '@/components/ui/class-names'
import type { Schema } from './openapi'
import { type Inside, insideOf, limitWords, typeWords } from './schema-words'

export interface SchemaViewProps {
  readonly schema: Schema
  /** Said to a screen reader: `Body`. */
  readonly label: string
}

/** A schema as a list of fields. What is inside a field is drawn when it is opened: schemas refer to themselves. */
export function SchemaView({ schema, label }: SchemaViewProps) {
  const inside = insideOf(schema, schema)
  return (
    <div className="rounded-md border border-line bg-surface px-3 py-1.5">
      <p className="py-0.5 font-mono text-xs text-muted">{typeWords(schema, schema)}</p>
      {inside.length > 0 ? <Fields fields={inside} root={schema} label={label} /> : null}
    </div>
  )
}

interface FieldsProps {
  readonly fields: readonly Inside[]
  readonly root: Schema
  readonly label: string
}

function Fields({ fields, root, label }: FieldsProps) {
  return (
    <ul aria-label={label} className="flex flex-col">
      {fields.map((field) => (
        <Field key={field.label} field={field} root={root} />
      ))}
    </ul>
  )
}

function Field({ field, root }: { readonly field: Inside; readonly root: Schema }) {
  const [open, setOpen] = useState(false)
  const inside = insideOf(field.schema, root)
  const limits = limitWords(field.schema, root)
  const name = <span className="font-mono text-xs font-medium text-ink">{field.label}</span>
  return (
    <li className="border-line border-t py-1 first:border-t-0">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
        {inside.length === 0 ? (
          <span className="pl-5">{name}</span>
        ) : (
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            className="-ml-0.5 flex items-center gap-1 rounded-sm pr-1 hover:bg-hover"
          >
            <ChevronRight
              aria-hidden
              size={16}
              className={classNames('text-subtle transition-transform duration-panel', open && 'rotate-90')}
            />
            {name}
          </button>
        )}
        {field.required ? null : <span className="text-xs text-subtle">optional</span>}
        <span className="min-w-0 break-words font-mono text-xs text-muted">
          {typeWords(field.schema, root)}
        </span>
        {limits.length > 0 ? (
          <span className="min-w-0 break-all text-xs text-subtle">{limits.join(' · ')}</span>
        ) : null}
      </div>
      {open ? (
        <div className="mt-1 ml-2 border-line border-l pl-3">
          <Fields fields={inside} root={root} label={field.label} />
        </div>
      ) : null}
    </li>
  )
}
