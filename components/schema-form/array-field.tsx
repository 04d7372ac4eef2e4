'use client'
import { Plus, X } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import type { NestingProps, SchemaFieldProps } from './field-props'
import { type FieldShape, fieldShape } from './field-shape'
import { initialValue } from './initial-value'
import { issueHere, issuesUnder } from './issues-at'
import { JsonField } from './json-field'

export interface ArrayFieldProps extends SchemaFieldProps, NestingProps {
  readonly label: string
  readonly shape: Extract<FieldShape, { readonly kind: 'array' }>
}

const singular = (label: string): string => (/[^s]s$/.test(label) ? label.slice(0, -1) : label)

/** A list: each item with a button that takes it away, and one that adds another. */
export function ArrayField({ root, shape, label, value, onChange, issues, id, Member }: ArrayFieldProps) {
  if (value !== undefined && !Array.isArray(value)) {
    return <JsonField label={label} value={value} onChange={onChange} />
  }
  const items = value ?? []
  const error = issueHere(issues)
  const one = singular(label)
  const framed = fieldShape(root, shape.items).kind === 'object'
  return (
    <fieldset className="flex min-w-0 flex-col gap-2 rounded-sm border border-line p-3">
      <legend className="px-1 text-xs font-medium text-muted">
        {label} <span className="font-normal text-subtle">{items.length}</span>
      </legend>
      {shape.description === null ? null : <p className="text-xs text-subtle">{shape.description}</p>}
      {error === undefined ? null : (
        <p role="alert" className="text-xs text-state-failed">
          {error}
        </p>
      )}
      {items.map((item, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity but their place
        <div key={at} className="flex items-start gap-1">
          <div className="min-w-0 flex-1">
            <Member
              root={root}
              schema={shape.items}
              label={`${one} ${at + 1}`}
              required
              value={item}
              onChange={(next) => onChange(items.with(at, next ?? null))}
              issues={issuesUnder(issues, at)}
              id={`${id}-${at}`}
            />
          </div>
          <span className={framed ? 'pt-2' : 'pt-6'}>
            <IconButton
              label={`Remove ${one.toLowerCase()} ${at + 1}`}
              size="sm"
              onClick={() => onChange(items.toSpliced(at, 1))}
            >
              <X />
            </IconButton>
          </span>
        </div>
      ))}
      <div>
        <Button
          size="sm"
          icon={<Plus aria-hidden size={14} />}
          onClick={() => onChange([...items, initialValue(root, shape.items)])}
        >
          Add {one.toLowerCase()}
        </Button>
      </div>
    </fieldset>
  )
}
