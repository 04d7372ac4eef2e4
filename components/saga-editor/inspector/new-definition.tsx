'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Popover } from '@/components/ui/popover'
import { useDesign, useDesignStore } from '@/lib/design-store/design-provider'

/** A service made on the spot; what it does is worked out under Definitions. */
export function NewService({ onMade }: { readonly onMade: (id: string) => void }) {
  const store = useDesignStore()
  const edit = useDesign((state) => state.edit)
  const make = (id: string): string | null => {
    if (store.getState().document.services.some((service) => service.id === id))
      return `there is a service "${id}"`
    const done = edit('New service', (draft) => {
      draft.services.push({ id, operations: [] })
    })
    if (!done.ok) return done.error[0]?.message ?? 'that is no id'
    onMade(id)
    return null
  }
  return <NewThing what="service" onMake={make} />
}

export function NewOperation({
  serviceId,
  onMade,
}: {
  readonly serviceId: string
  readonly onMade: (id: string) => void
}) {
  const store = useDesignStore()
  const edit = useDesign((state) => state.edit)
  const make = (id: string): string | null => {
    const service = store.getState().document.services.find((each) => each.id === serviceId)
    if (service?.operations.some((operation) => operation.id === id)) return `there is an operation "${id}"`
    const done = edit('New operation', (draft) => {
      draft.services
        .find((each) => each.id === serviceId)
        ?.operations.push({ id, latency: { type: 'fixed', ms: 200 }, errors: [] })
    })
    if (!done.ok) return done.error[0]?.message ?? 'that is no id'
    onMade(id)
    return null
  }
  return <NewThing what="operation" onMake={make} />
}

function NewThing({
  what,
  onMake,
}: {
  readonly what: string
  readonly onMake: (id: string) => string | null
}) {
  const [open, setOpen] = useState(false)
  const [id, setId] = useState('')
  const [error, setError] = useState<string>()
  const make = (): void => {
    const wrong = onMake(id.trim())
    setError(wrong ?? undefined)
    if (wrong !== null) return
    setOpen(false)
    setId('')
  }
  return (
    <Popover
      title={`New ${what}`}
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" variant="ghost" aria-label={`New ${what}`}>
          New…
        </Button>
      }
    >
      <div className="flex flex-col gap-2">
        <Field label="Id" error={error}>
          <Input
            mono
            value={id}
            onValueChange={setId}
            placeholder={what === 'service' ? 'loyalty' : 'addPoints'}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              // or the button that opened this, which has the keyboard again by then, takes the key as a press
              event.preventDefault()
              make()
            }}
          />
        </Field>
        <div className="flex justify-end">
          <Button variant="primary" size="sm" onClick={make}>
            Create
          </Button>
        </div>
      </div>
    </Popover>
  )
}
