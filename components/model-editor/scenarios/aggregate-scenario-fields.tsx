'use client'
import { initialValue } from '@/components/schema-form/initial-value'
import { JsonField } from '@/components/schema-form/json-field'
import { SchemaForm } from '@/components/schema-form/schema-form'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import type { AggregateScenario } from '@/core/design/scenario'
import { checkAgainstSchema } from '@/core/json-schema'
import { useDesign } from '@/lib/design-store'
import { TextField } from '../fields/text-field'
import { useModelEdit } from '../fields/use-model-edit'
import { findAggregate } from '../recipes/find'
import { aboutAggregate, inScenario } from '../recipes/scenarios'
import { ExpectedEvents } from './expected-events'
import { ExpectedPart, ExpectSection } from './expected-part'
import { GivenEvents } from './given-events'
import { useScenarioResult } from './scenario-results'
import { TakeHappened } from './take-happened'

/** Given events, when a command comes, then events or a refusal, and the state after. */
export function AggregateScenarioFields({ scenario }: { readonly scenario: AggregateScenario }) {
  const edit = useModelEdit()
  const design = useDesign((state) => state.document)
  const { id, when } = scenario
  const aggregate = findAggregate(design, scenario.aggregate)
  const command = aggregate?.commands.find(({ name }) => name === when.type)
  const change = (field: string, recipe: (draft: AggregateScenario) => void) =>
    edit('Change scenario', inScenario(id, 'aggregate', recipe), `${id}.${field}`)
  const checked = checkAgainstSchema(command?.schema ?? {}, when.payload)
  return (
    <>
      <div className="grid grid-cols-2 gap-4">
        <Field label="Aggregate">
          <Select
            value={scenario.aggregate}
            options={design.aggregates.map(({ id: value, name }) => ({ value, label: name ?? value }))}
            onValueChange={(next) =>
              change(
                'aggregate',
                (draft) => void Object.assign(draft, aboutAggregate(findAggregate(design, next))),
              )
            }
          />
        </Field>
        <TextField
          label="Instance"
          description="Its key: its stream is called by it."
          value={scenario.key}
          commit={(text) =>
            change('key', (draft) => {
              draft.key = text
            })
          }
        />
      </div>
      <GivenEvents scenario={scenario} />
      <section aria-labelledby={`${id}-when`} className="flex flex-col gap-2">
        <h3 id={`${id}-when`} className="text-md font-semibold">
          When
        </h3>
        <Field label="Command">
          <Select
            value={when.type}
            options={(aggregate?.commands ?? []).map(({ name }) => ({ value: name, label: name }))}
            onValueChange={(type) =>
              change('command', (draft) => {
                const next = aggregate?.commands.find(({ name }) => name === type)
                draft.when = { type, payload: next?.example ?? initialValue(next?.schema ?? {}) }
              })
            }
          />
        </Field>
        <SchemaForm
          schema={command?.schema ?? {}}
          value={when.payload}
          onChange={(payload) =>
            void change('payload', (draft) => {
              draft.when.payload = payload
            })
          }
          issues={checked.ok ? [] : checked.error}
          idPrefix={`scenario-${id}`}
          label="Payload"
        />
      </section>
      <AggregateExpect scenario={scenario} change={change} />
    </>
  )
}

function AggregateExpect({
  scenario,
  change,
}: {
  readonly scenario: AggregateScenario
  readonly change: (field: string, recipe: (draft: AggregateScenario) => void) => string | undefined
}) {
  const { id, expect } = scenario
  const result = useScenarioResult(id)?.outcome
  const happened = result?.type === 'aggregate' ? result : null
  const set = <K extends keyof AggregateScenario['expect']>(
    part: K,
    value: AggregateScenario['expect'][K] | undefined,
  ) =>
    change(part, (draft) => {
      if (value === undefined) delete draft.expect[part]
      else draft.expect[part] = value
    })
  return (
    <ExpectSection id={id}>
      <TakeHappened scenario={scenario} />
      <ExpectedPart
        label="It is refused"
        isOn={expect.rejection !== undefined}
        onToggle={(on) => set('rejection', on ? (happened?.rejection?.code ?? 'Refused') : undefined)}
      >
        <TextField
          label="By the rule"
          description="The code that it is refused with."
          value={expect.rejection ?? ''}
          commit={(text) => set('rejection', text)}
        />
      </ExpectedPart>
      <ExpectedPart
        label="These events are recorded"
        isOn={expect.events !== undefined}
        onToggle={(on) =>
          set('events', on ? (happened?.events.map(({ type, data }) => ({ type, data })) ?? []) : undefined)
        }
      >
        <ExpectedEvents
          value={expect.events ?? []}
          isStreamed={false}
          onChange={(events) =>
            void set(
              'events',
              events.map(({ stream: _stream, ...event }) => event),
            )
          }
        />
      </ExpectedPart>
      <ExpectedPart
        label="The state after it"
        isOn={expect.state !== undefined}
        onToggle={(on) => set('state', on ? (happened?.state ?? {}) : undefined)}
      >
        <JsonField
          label="State"
          value={expect.state ?? null}
          onChange={(state) => void set('state', state)}
        />
      </ExpectedPart>
    </ExpectSection>
  )
}
