'use client'
import { ArrowRight } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { checkKey } from '@/core/aggregate/stream'
import { aggregateHref } from './data-href'

/** Goes to an instance by its key; one that is not there yet begins with its first command. */
export function OpenInstance({
  designId,
  aggregate,
}: {
  readonly designId: string
  readonly aggregate: string
}) {
  const router = useRouter()
  const [key, setKey] = useState('')
  const checked = checkKey(key)
  const wrong = key !== '' && !checked.ok ? checked.error : undefined
  return (
    <form
      className="flex flex-col gap-1"
      onSubmit={(event) => {
        event.preventDefault()
        if (checked.ok) router.push(aggregateHref(designId, aggregate, checked.value))
      }}
    >
      <div className="flex gap-2">
        <Input
          mono
          size="sm"
          value={key}
          onValueChange={setKey}
          placeholder="key"
          aria-label={`Key of ${aggregate} to open`}
          aria-invalid={wrong !== undefined || undefined}
          className="max-w-48"
        />
        <Button type="submit" size="sm" disabled={!checked.ok} icon={<ArrowRight aria-hidden size={14} />}>
          Open
        </Button>
      </div>
      {wrong === undefined ? null : <p className="text-xs text-state-failed">{wrong}</p>}
    </form>
  )
}
