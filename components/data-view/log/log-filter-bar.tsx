'use client'
import { X } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { type LogFilterQuery, logFilterQuery } from '@/core/protocol'
import { localOf, timeOf } from './place-of'
import type { LogUrl } from './use-log-url'

/** What is typed is searched for after a moment: every letter would be a search of its own. */
const SETTLE_MS = 350

type TextName = 'stream' | 'type' | 'correlation' | 'text'

/** What of the log is shown. It lives in the address, so that it can be sent to somebody. */
export function LogFilterBar({ url, types }: { readonly url: LogUrl; readonly types: readonly string[] }) {
  const { query, change } = url
  const listId = useId()
  const any = Object.keys(query).length > 0
  const none = { stream: null, type: null, correlation: null, text: null, from: null, to: null }
  const text = (name: TextName) => ({
    name,
    value: query[name] ?? '',
    onSettled: (value: string) => change({ [name]: value === '' ? null : value }),
  })
  return (
    <search
      aria-label="Filter of the log"
      className="@container shrink-0 border-b border-line bg-surface px-3 py-2"
    >
      <div className="grid grid-cols-1 items-end gap-2 @md:grid-cols-2 @xl:grid-cols-3 @7xl:grid-cols-6">
        <FilterText {...text('text')} label="Text in the data" placeholder="anything" />
        <FilterText {...text('stream')} label="Stream" placeholder="Order-17 or Order-*" />
        <FilterText {...text('type')} label="Types" placeholder="Placed,Paid" list={listId} />
        <FilterText {...text('correlation')} label="Correlation" placeholder="a run's id" />
        <FilterTime label="From" value={query.from} onChange={(from) => change({ from })} />
        <FilterTime label="To" value={query.to} onChange={(to) => change({ to })} />
        {any ? (
          <Button size="sm" icon={<X aria-hidden size={14} />} onClick={() => change(none)}>
            Clear the filter
          </Button>
        ) : null}
        <datalist id={listId}>
          {types.map((type) => (
            <option key={type} value={type} />
          ))}
        </datalist>
      </div>
    </search>
  )
}

interface FilterTextProps {
  readonly name: TextName
  readonly label: string
  readonly placeholder: string
  readonly value: string
  readonly list?: string
  readonly onSettled: (value: string) => void
}

function FilterText({ name, label, placeholder, value, list, onSettled }: FilterTextProps) {
  const [draft, setDraft] = useState(value)
  const checked = logFilterQuery.safeParse(draft === '' ? {} : { [name]: draft })
  // The address changed by other means: a link, the back key, Clear.
  useEffect(() => setDraft(value), [value])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed settles, whoever is told
  useEffect(() => {
    if (draft === value || !checked.success) return
    const timer = setTimeout(() => onSettled(draft), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [draft, value])
  return (
    <Field label={label} {...(checked.success ? {} : { error: checked.error.issues[0]?.message ?? '' })}>
      <Input
        size="sm"
        mono
        value={draft}
        placeholder={placeholder}
        {...(list === undefined ? {} : { list })}
        onValueChange={setDraft}
      />
    </Field>
  )
}

interface FilterTimeProps {
  readonly label: string
  readonly value: LogFilterQuery['from']
  readonly onChange: (time: number | null) => void
}

function FilterTime({ label, value, onChange }: FilterTimeProps) {
  return (
    <Field label={label}>
      <Input
        size="sm"
        mono
        type="datetime-local"
        step={1}
        value={localOf(value)}
        onValueChange={(local) => onChange(timeOf(local))}
      />
    </Field>
  )
}
