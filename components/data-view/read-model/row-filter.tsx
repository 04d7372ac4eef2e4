'use client'
import { X } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { filterText, type RowCondition, type RowOperator } from '@/core/projection/row-filter'
import { columnPath, columnsOf } from '@/lib/data-store/row-columns'
import { holdsTexts, typedCondition } from '@/lib/data-store/typed-value'
import { useReadModel, useReadModelStore } from './read-model-context'

const OPERATORS: readonly { readonly value: RowOperator; readonly label: string }[] = [
  { value: 'eq', label: 'is' },
  { value: 'ne', label: 'is not' },
  { value: 'lt', label: 'is less than' },
  { value: 'le', label: 'is at most' },
  { value: 'gt', label: 'is more than' },
  { value: 'ge', label: 'is at least' },
  { value: 'contains', label: 'contains' },
]

/** Conditions that rows must meet, each a chip; the server applies them to all rows, not only to those shown. */
export function RowFilter() {
  const store = useReadModelStore()
  const filter = useReadModel((state) => state.filter)
  const rows = useReadModel((state) => state.rows)
  const values = rows.map(({ row }) => row)
  const fields = columnsOf(values).flatMap((column) => {
    const path = columnPath(column, values)
    return path === null ? [] : [{ column, path }]
  })
  const [field, setField] = useState<{ readonly column: string; readonly path: string } | null>(null)
  const [operator, setOperator] = useState<RowOperator>('eq')
  const [value, setValue] = useState('')
  const [refused, setRefused] = useState<string | null>(null)
  const chosen = field ?? fields[0] ?? { column: 'key', path: '$key' }
  const ask = (next: readonly RowCondition[]) => void store.getState().ask({ filter: next })
  const add = () => {
    const typed = typedCondition(
      chosen.path,
      operator,
      value,
      chosen.path === '$key' || holdsTexts(values, chosen.column),
    )
    setRefused(typed.ok ? null : typed.error)
    if (!typed.ok) return
    ask([...filter, typed.value])
    setValue('')
  }
  const options = [{ column: 'key', path: '$key' }, ...fields, chosen]
  return (
    <div className="flex flex-col gap-2">
      <form
        aria-label="Filter rows"
        className="flex flex-wrap items-center gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (value.trim() !== '') add()
        }}
      >
        <div className="w-36">
          <Select
            size="sm"
            ariaLabel="Filter by"
            value={chosen.path}
            onValueChange={(path) => setField(options.find((one) => one.path === path) ?? null)}
            options={[
              ...new Map(options.map(({ path, column }) => [path, { value: path, label: column }])).values(),
            ]}
          />
        </div>
        <div className="w-32">
          <Select
            size="sm"
            ariaLabel="How"
            value={operator}
            onValueChange={setOperator}
            options={OPERATORS}
          />
        </div>
        <div className="w-40">
          <Input
            size="sm"
            mono
            aria-label={`${chosen.column} is`}
            placeholder="value"
            value={value}
            onValueChange={setValue}
          />
        </div>
        <Button type="submit" size="sm">
          Filter
        </Button>
      </form>
      {refused === null ? null : (
        <p role="alert" className="text-xs text-state-failed">
          {refused}
        </p>
      )}
      {filter.length === 0 ? null : (
        <ul aria-label="Filters" className="flex flex-wrap gap-1.5">
          {filter.map((condition, at) => (
            <li
              key={filterText([condition])}
              className="data flex h-6 items-center gap-1 rounded-sm bg-accent-soft pl-2 text-xs text-accent"
            >
              {filterText([condition])}
              <IconButton
                size="sm"
                label={`Remove the filter ${filterText([condition])}`}
                onClick={() => ask(filter.filter((_one, other) => other !== at))}
              >
                <X />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
