'use client'
import { useCallback, useState } from 'react'
import { useLatest } from '@/components/model-editor/preview/use-latest'
import { initialValue } from '@/components/schema-form/initial-value'
import { SchemaForm } from '@/components/schema-form/schema-form'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import type { Aggregate } from '@/core/design/aggregate'
import { checkAgainstSchema } from '@/core/json-schema'
import { runScenario } from '@/core/scenario'
import { useDesign } from '@/lib/design-store'
import { sharedCodeRunner } from '@/lib/sandbox/shared'
import { type Decision, likelyCommand, likelyPayload, scenarioOfVersion } from '@/lib/scenarios/of-version'
import type { SentCommand } from '@/lib/scenarios/read-command'
import { SaveScenario, type Tried } from './save-scenario'

export interface SaveVersionProps {
  readonly aggregate: Aggregate
  readonly instanceKey: string
  readonly decision: Decision
  /** The command that led to it, when it is recorded. */
  readonly sent: SentCommand | null
  readonly onClose: () => void
}

/** A version of an instance as a scenario: the events before as given, a command, and what was recorded. */
export function SaveVersion({ aggregate, instanceKey, decision, sent, onClose }: SaveVersionProps) {
  const design = useDesign((state) => state.document)
  const [chosen, setChosen] = useState(() => sent?.type ?? likelyCommand(aggregate, decision)?.name ?? '')
  const command = aggregate.commands.find(({ name }) => name === chosen)
  const [payload, setPayload] = useState(
    () => sent?.payload ?? (command ? likelyPayload(command, decision) : {}),
  )
  const [name, setName] = useState(
    `${chosen} leads to ${decision.events.map(({ type }) => type).join(', ')}`.slice(0, 120),
  )
  const checked = checkAgainstSchema(command?.schema ?? {}, payload)
  const attempt = useCallback(async (): Promise<Tried | null> => {
    const instance = { aggregate: aggregate.id, key: instanceKey }
    const scenario = scenarioOfVersion(design, instance, decision, { type: chosen, payload }, 'A version')
    return scenario && { scenario, result: await runScenario(design, scenario, sharedCodeRunner()) }
  }, [design, aggregate.id, instanceKey, decision, chosen, payload])
  const { value: tried } = useLatest(attempt)
  return (
    <SaveScenario
      description={`The events before it are given. ${
        sent === null
          ? 'The command that led to it is not recorded: choose it.'
          : 'The command is the one that led to it.'
      } It is decided at once, and what it comes to is compared with what was recorded.`}
      name={name}
      onName={setName}
      tried={tried}
      problem={null}
      onClose={onClose}
    >
      <Field label="Command">
        <Select
          value={chosen}
          options={aggregate.commands.map((one) => ({ value: one.name, label: one.name }))}
          onValueChange={(next) => {
            const found = aggregate.commands.find((one) => one.name === next)
            setChosen(next)
            if (found) setPayload(found.example ?? initialValue(found.schema))
          }}
        />
      </Field>
      <SchemaForm
        schema={command?.schema ?? {}}
        value={payload}
        onChange={setPayload}
        issues={checked.ok ? [] : checked.error}
        idPrefix="save-version"
        label="Payload"
      />
    </SaveScenario>
  )
}
