'use client'
import { Braces, ListTree } from 'lucide-react'
import { useState } from 'react'
import { SegmentedControl } from '@/components/ui/segmented-control'
import type { Issue } from '@/core/errors'
import { isJsonObject, type Json, type JsonObject } from '@/core/json'
import { fieldShape } from './field-shape'
import { issueHere, issuesWithin } from './issues-at'
import { JsonField } from './json-field'
import { SchemaField } from './schema-field'
import { UnreadContext, useTellUnread } from './unread'

export interface SchemaFormProps {
  /** JSON Schema (draft 2020-12) of the value. What it cannot draw is edited as JSON. */
  readonly schema: JsonObject
  readonly value: Json
  readonly onChange: (value: Json) => void
  /** What is wrong, with paths from the value's root. */
  readonly issues: readonly Issue[]
  /** Makes ids unique when several forms stand on one page. */
  readonly idPrefix: string
  /** What the value is, for the raw JSON editor: "Input", "Payload". */
  readonly label?: string
  /** Told while some text in it is no JSON yet: `value` then holds what it was before. */
  readonly onUnread?: (isUnread: boolean) => void
}

/**
 * A form made from a JSON Schema, with the raw JSON one click away.
 * Controlled: the caller keeps the value and checks it (`checkAgainstSchema`).
 * @example <SchemaForm schema={start.inputSchema} value={input} onChange={setInput} issues={issues} idPrefix="run" />
 */
export function SchemaForm({
  schema,
  value,
  onChange,
  issues,
  idPrefix,
  label = 'Value',
  onUnread,
}: SchemaFormProps) {
  const tellUnread = useTellUnread(onUnread)
  const [wanted, setWanted] = useState<'form' | 'json'>('form')
  const drawable = fieldShape(schema, schema).kind === 'object' && isJsonObject(value)
  const view = drawable ? wanted : 'json'
  const wrong = issueHere(issues)
  return (
    <UnreadContext value={tellUnread}>
      <div className="flex min-w-0 flex-col gap-3">
        {drawable ? (
          <div className="flex justify-end">
            <SegmentedControl
              size="sm"
              ariaLabel={`${label} as`}
              value={view}
              onValueChange={setWanted}
              options={[
                { value: 'form', label: 'Form', icon: <ListTree aria-hidden /> },
                { value: 'json', label: 'JSON', icon: <Braces aria-hidden /> },
              ]}
            />
          </div>
        ) : null}
        {view === 'json' ? (
          <JsonField
            label={label}
            value={value}
            onChange={onChange}
            error={issuesWithin(issues)}
            minHeight={120}
          />
        ) : (
          <>
            {wrong === undefined ? null : (
              <p role="alert" className="text-xs text-state-failed">
                {wrong}
              </p>
            )}
            <SchemaField
              root={schema}
              schema={schema}
              label={null}
              required
              value={value}
              onChange={(next) => onChange(next ?? {})}
              issues={issues}
              id={idPrefix}
            />
          </>
        )}
      </div>
    </UnreadContext>
  )
}
