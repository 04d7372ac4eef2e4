'use client'
import { Play } from 'lucide-react'
import { useState } from 'react'
import { initialValue } from '@/components/schema-form/initial-value'
import { SchemaForm } from '@/components/schema-form/schema-form'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import type { Aggregate, CommandDefinition } from '@/core/design/aggregate'
import type { Json } from '@/core/json'
import { checkAgainstSchema } from '@/core/json-schema'
import type { PreviewCommand } from '@/lib/preview/aggregate-preview'

export interface FireCommandProps {
  readonly aggregate: Aggregate
  /** The command on the screen, chosen first. */
  readonly preferred: string | undefined
  readonly onFire: (command: PreviewCommand) => void
  /** What firing it is called: "Send", unless it says. */
  readonly verb?: string
}

/** A command and its payload, by form. */
export function FireCommand({ aggregate, preferred, onFire, verb = 'Send' }: FireCommandProps) {
  const [chosen, setChosen] = useState<string | null>(null)
  const name = [chosen, preferred].find((one) => aggregate.commands.some((command) => command.name === one))
  const command = aggregate.commands.find((one) => one.name === name) ?? aggregate.commands[0]
  if (command === undefined) return null
  return (
    <div className="flex flex-col gap-3 rounded-sm border border-line bg-surface p-3">
      <Field label="Command">
        <Select
          value={command.name}
          onValueChange={setChosen}
          options={aggregate.commands.map((one) => ({ value: one.name, label: one.name }))}
        />
      </Field>
      {/* what was typed for one command says nothing about another */}
      <Payload key={command.name} command={command} onFire={onFire} verb={verb} />
    </div>
  )
}

function Payload({
  command,
  onFire,
  verb,
}: {
  readonly command: CommandDefinition
  readonly onFire: FireCommandProps['onFire']
  readonly verb: string
}) {
  const [typed, setTyped] = useState<Json | null>(null)
  const payload = typed ?? command.example ?? initialValue(command.schema)
  const checked = checkAgainstSchema(command.schema, payload)
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        onFire({ type: command.name, payload })
      }}
    >
      <SchemaForm
        schema={command.schema}
        value={payload}
        onChange={setTyped}
        issues={checked.ok ? [] : checked.error}
        idPrefix={`preview-${command.name}`}
        label="Payload"
      />
      <div>
        <Button type="submit" size="sm" variant="primary" icon={<Play aria-hidden size={14} />}>
          {verb} {command.name}
        </Button>
      </div>
    </form>
  )
}
