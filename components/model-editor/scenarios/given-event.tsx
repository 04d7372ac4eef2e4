'use client'
import { X } from 'lucide-react'
import { initialValue } from '@/components/schema-form/initial-value'
import { SchemaForm } from '@/components/schema-form/schema-form'
import { Field } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { NumberField } from '@/components/ui/number-field'
import { Select } from '@/components/ui/select'
import type { EventDefinition } from '@/core/design/aggregate'
import type { GivenEvent } from '@/core/design/scenario'
import { checkAgainstSchema } from '@/core/json-schema'
import { TextField } from '../fields/text-field'
import { setText } from '../recipes/find'

export interface GivenEventFieldsProps {
  /** Its place among the given ones, from 1. */
  readonly number: number
  readonly event: GivenEvent
  readonly types: readonly EventDefinition[]
  /** It stands in the scenario's own stream. */
  readonly isOwn: boolean
  readonly onChange: (field: string, recipe: (event: GivenEvent) => void) => string | undefined
  readonly onRemove: () => void
}

/** One event that is given: its type, its stream where there are several, its data by form. */
export function GivenEventFields({ number, event, types, isOwn, onChange, onRemove }: GivenEventFieldsProps) {
  const definition = types.find(({ name }) => name === event.type)
  const version = event.version ?? definition?.version ?? 1
  const isOld = version < (definition?.version ?? 1)
  // the schema is that of the newest version: what an upcaster lifts need not fit it
  const schema = isOld ? {} : (definition?.schema ?? {})
  const checked = checkAgainstSchema(schema, event.data)
  const names = types.map(({ name }) => name)
  const options = (names.includes(event.type) ? names : [event.type, ...names]).map((value) => ({
    value,
    label: value,
  }))
  return (
    <li className="flex flex-col gap-2 rounded-sm border border-line bg-surface p-3">
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <Field label={`Event ${number}`}>
            <Select
              value={event.type}
              options={options}
              onValueChange={(type) =>
                onChange('type', (draft) => {
                  const next = types.find(({ name }) => name === type)
                  draft.type = type
                  draft.data = next ? initialValue(next.schema) : {}
                  delete draft.version
                })
              }
            />
          </Field>
        </div>
        {definition && definition.version > 1 ? (
          <div className="w-24">
            <Field label="Version">
              <NumberField
                value={version}
                required
                min={1}
                max={definition.version}
                onValueChange={(next) =>
                  onChange('version', (draft) => {
                    if (next === null || next === definition.version) delete draft.version
                    else draft.version = next
                  })
                }
              />
            </Field>
          </div>
        ) : null}
        <IconButton label={`Remove given event ${number}`} onClick={onRemove}>
          <X />
        </IconButton>
      </div>
      {isOwn ? null : (
        <TextField
          label={`Stream of event ${number}`}
          description="Aggregate and key: Order-o1. Empty: an instance called example."
          value={event.stream ?? ''}
          commit={(text) => onChange('stream', (draft) => setText(draft, 'stream', text))}
        />
      )}
      <SchemaForm
        schema={schema}
        value={event.data}
        onChange={(data) =>
          void onChange('data', (draft) => {
            draft.data = data
          })
        }
        issues={checked.ok ? [] : checked.error}
        idPrefix={`given-${number}`}
        label={`Data of event ${number}`}
      />
    </li>
  )
}
