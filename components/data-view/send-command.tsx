'use client'
import { Send } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { checkKey } from '@/core/aggregate/stream'
import { useDesign } from '@/lib/design-store'
import { CommandForm } from './aggregate/command-form'
import { aggregateHref } from './data-href'

/** The command console from anywhere: which aggregate, which instance, which command. */
export function SendCommand() {
  const [open, setOpen] = useState(false)
  const commands = useDesign(({ document }) => document.aggregates.some((one) => one.commands.length > 0))
  if (!commands) return null
  return (
    <>
      <Button size="sm" icon={<Send aria-hidden size={14} />} onClick={() => setOpen(true)}>
        Send a command
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Send a command"
        description="An instance that is not there yet begins with its first command."
        size="lg"
      >
        <Console />
      </Dialog>
    </>
  )
}

function Console() {
  const designId = useDesign((state) => state.designId)
  const all = useDesign((state) => state.document.aggregates)
  const aggregates = all.filter(({ commands }) => commands.length > 0)
  const [aggregateId, setAggregateId] = useState<string | null>(null)
  const [commandName, setCommandName] = useState<string | null>(null)
  const [typedKey, setTypedKey] = useState<string | null>(null)
  const aggregate = aggregates.find(({ id }) => id === aggregateId) ?? aggregates[0]
  const command = aggregate?.commands.find(({ name }) => name === commandName) ?? aggregate?.commands[0]
  if (aggregate === undefined || command === undefined) return null
  const key = typedKey ?? `${aggregate.id.toLowerCase()}-1`
  const checked = checkKey(key)
  return (
    <div className="flex flex-col gap-3">
      <div className="grid grid-cols-2 gap-3">
        <Field label="Aggregate">
          <Select
            value={aggregate.id}
            onValueChange={(id) => {
              setAggregateId(id)
              setCommandName(null)
            }}
            options={aggregates.map(({ id, name }) => ({ value: id, label: name ?? id }))}
          />
        </Field>
        <Field label="Key" error={checked.ok ? undefined : checked.error}>
          <Input mono value={key} onValueChange={setTypedKey} />
        </Field>
      </div>
      <Field label="Command" description={command.description}>
        <Select
          value={command.name}
          onValueChange={setCommandName}
          options={aggregate.commands.map(({ name }) => ({ value: name, label: name }))}
        />
      </Field>
      <CommandForm
        key={`${aggregate.id} ${command.name}`}
        instance={{ designId, aggregate: aggregate.id, key }}
        command={command}
        disabled={!checked.ok}
      />
      {checked.ok ? (
        <p className="text-xs">
          <Link
            href={aggregateHref(designId, aggregate.id, key)}
            className="rounded-sm text-accent underline"
          >
            Open {aggregate.name ?? aggregate.id} {key}
          </Link>
        </p>
      ) : null}
    </div>
  )
}
