'use client'
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { initialValue } from '@/components/schema-form/initial-value'
import { JsonField } from '@/components/schema-form/json-field'
import { SchemaForm } from '@/components/schema-form/schema-form'
import { EmptyState } from '@/components/ui/empty-state'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { Spinner } from '@/components/ui/spinner'
import type { Aggregate, CommandDefinition, Rule } from '@/core/design/aggregate'
import { designProgram } from '@/core/design/program'
import type { Json } from '@/core/json'
import { checkAgainstSchema } from '@/core/json-schema'
import { useDesign } from '@/lib/design-store'
import {
  exampleCommands,
  PREVIEW_START,
  type PreviewCommand,
  type PreviewStep,
  previewCommands,
} from '@/lib/preview/aggregate-preview'
import { statesToTry, tryRules } from '@/lib/preview/rule-preview'
import { sharedCodeRunner } from '@/lib/sandbox/shared'
import { PreviewFrame } from './preview-frame'
import { RuleTrials } from './rule-trials'
import { useLatest } from './use-latest'

export interface RulePreviewPanelProps {
  readonly aggregate: Aggregate
  readonly rule: Rule
  readonly script: readonly PreviewCommand[] | undefined
}

/** One rule tried by itself: at any state of the previewed story, on any command. The others are told beside it. */
export function RulePreviewPanel({ aggregate, rule, script }: RulePreviewPanelProps) {
  const design = useDesign((state) => state.document)
  const program = useMemo(() => designProgram(design), [design])
  const commands = useMemo(() => script ?? exampleCommands(aggregate), [script, aggregate])
  const tell = useCallback(
    () => previewCommands(sharedCodeRunner(), program, design, aggregate, commands),
    [program, design, aggregate, commands],
  )
  const { value: steps } = useLatest(tell)
  const [chosen, setChosen] = useState<string | null>(null)
  const asks = aggregate.commands.filter(({ rules }) => rules.includes(rule.id))
  const command = aggregate.commands.find(({ name }) => name === chosen) ?? asks[0] ?? aggregate.commands[0]
  if (command === undefined)
    return (
      <EmptyState compact title="No commands yet" description="A rule is asked before a command. Add one." />
    )
  return (
    // what was typed for one command says nothing about another
    <Trial key={command.name} aggregate={aggregate} rule={rule} command={command} steps={steps ?? []}>
      <Field label="Command">
        <Select
          value={command.name}
          onValueChange={setChosen}
          options={aggregate.commands.map(({ name, rules }) => ({
            value: name,
            label: name,
            description: rules.includes(rule.id) ? 'asks for this rule' : undefined,
          }))}
        />
      </Field>
    </Trial>
  )
}

function Trial(props: {
  readonly aggregate: Aggregate
  readonly rule: Rule
  readonly command: CommandDefinition
  readonly steps: readonly PreviewStep[]
  /** What chooses the command. */
  readonly children: ReactNode
}) {
  const { aggregate, rule, command, steps, children } = props
  const design = useDesign((state) => state.document)
  const program = useMemo(() => designProgram(design), [design])
  const [typed, setTyped] = useState<Json | null>(null)
  const [at, setAt] = useState('0')
  const [written, setWritten] = useState<Json | null>(null)
  const states = useMemo(() => statesToTry(aggregate, steps), [aggregate, steps])
  const payload = typed ?? command.example ?? initialValue(command.schema)
  const state = written ?? states[Number(at)]?.state ?? aggregate.initialState
  const checked = checkAgainstSchema(command.schema, payload)
  const compute = useCallback(
    () =>
      tryRules(
        sharedCodeRunner(),
        program,
        design,
        aggregate,
        state,
        { type: command.name, payload },
        PREVIEW_START,
      ),
    [program, design, aggregate, state, command.name, payload],
  )
  const { value: trials, stale } = useLatest(compute)
  return (
    <PreviewFrame stale={stale}>
      {trials === null ? (
        <Spinner label="Starting the sandbox" />
      ) : (
        <RuleTrials trials={trials} rule={rule.id} asked={command.rules} />
      )}
      {children}
      <Field label="State" description="Those of the previewed story; it can be changed below.">
        <Select
          value={at}
          onValueChange={(next) => {
            setAt(next)
            setWritten(null)
          }}
          options={states.map(({ name }, index) => ({ value: String(index), label: name }))}
        />
      </Field>
      <JsonField label="State as JSON" value={state} onChange={setWritten} minHeight={80} />
      <SchemaForm
        schema={command.schema}
        value={payload}
        onChange={setTyped}
        issues={checked.ok ? [] : checked.error}
        idPrefix={`rule-${command.name}`}
        label="Payload"
      />
    </PreviewFrame>
  )
}
