'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { useReadModelStore } from './read-model-context'

/** One field that must have one value. */
export function RowFilter({ fields }: { readonly fields: readonly string[] }) {
  const store = useReadModelStore()
  const [field, setField] = useState<string | null>(null)
  const [value, setValue] = useState('')
  const [active, setActive] = useState(false)
  const chosen = field ?? fields[0] ?? null
  const apply = (filter: string | null) => {
    setActive(filter !== null)
    void store.getState().ask({ filter })
  }
  if (chosen === null) return null
  return (
    <form
      aria-label="Filter rows"
      className="flex items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        apply(value === '' ? null : `${chosen}=${value}`)
      }}
    >
      <div className="w-36">
        <Select
          size="sm"
          ariaLabel="Filter by"
          value={chosen}
          onValueChange={setField}
          options={[...new Set([chosen, ...fields])].map((name) => ({ value: name, label: name }))}
        />
      </div>
      <div className="w-40">
        <Input
          size="sm"
          mono
          aria-label={`${chosen} is`}
          placeholder="value"
          value={value}
          onValueChange={setValue}
        />
      </div>
      <Button type="submit" size="sm">
        Filter
      </Button>
      {active ? (
        <Button
          size="sm"
          variant="ghost"
          onClick={() => {
            setValue('')
            apply(null)
          }}
        >
          Show all
        </Button>
      ) : null}
    </form>
  )
}
