'use client'
import { JsonField } from '@/components/schema-form/json-field'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import type { SagaScenario } from '@/core/design/scenario'
import { isJsonObject } from '@/core/json'
import type { SagaPlan } from '@/core/saga'
import { compensationName } from '@/lib/run-store/operator'
import { TextField } from '../fields/text-field'
import type { ChangeSagaScenario } from './change'
import { ExpectedEvents } from './expected-events'
import { ExpectedPart, ExpectSection } from './expected-part'
import { useScenarioResult } from './scenario-results'
import { TakeHappened } from './take-happened'

const STATUSES = [
  { value: 'completed', label: 'Completed' },
  { value: 'compensated', label: 'Compensated', description: 'It failed, and what was done is undone.' },
  { value: 'failed', label: 'Failed', description: 'Something could not be undone.' },
  { value: 'suspended', label: 'Suspended', description: 'It waits for a person to help.' },
  { value: 'running', label: 'Still running', description: 'It waits for word that it is not told.' },
] as const

export interface SagaExpectProps {
  readonly scenario: SagaScenario
  readonly plan: SagaPlan | null
  readonly change: ChangeSagaScenario
}

/** How a saga is to end, what is undone in which order, which events it leaves and which data. */
export function SagaExpect({ scenario, plan, change }: SagaExpectProps) {
  const { id, expect } = scenario
  const result = useScenarioResult(id)?.outcome
  const happened = result?.type === 'saga' ? result : null
  const set = <K extends keyof SagaScenario['expect']>(
    part: K,
    value: SagaScenario['expect'][K] | undefined,
  ) =>
    change(part, (draft) => {
      if (value === undefined) delete draft.expect[part]
      else draft.expect[part] = value
    })
  return (
    <ExpectSection id={id}>
      <TakeHappened scenario={scenario} />
      <Field label="It ends">
        <Select
          value={expect.status}
          options={STATUSES}
          onValueChange={(status) => void set('status', status)}
        />
      </Field>
      <ExpectedPart
        label="It reports an error"
        isOn={expect.error !== undefined}
        onToggle={(on) => set('error', on ? (happened?.error?.code ?? 'InjectedFault') : undefined)}
      >
        <TextField label="Error" value={expect.error ?? ''} commit={(text) => set('error', text)} />
      </ExpectedPart>
      <ExpectedPart
        label="These are undone, in this order"
        isOn={expect.compensations !== undefined}
        onToggle={(on) => set('compensations', on ? [...(happened?.compensations ?? [])] : undefined)}
      >
        <JsonField
          label="Compensations"
          description={`Nodes, in the order in which undoing them ends.${plan ? wordsFor(plan, expect.compensations ?? []) : ''}`}
          value={expect.compensations ?? []}
          refuse={(next) => (isTexts(next) ? undefined : 'A list of node ids')}
          onChange={(next) => {
            if (isTexts(next)) set('compensations', [...next])
          }}
        />
      </ExpectedPart>
      <ExpectedPart
        label="These events are recorded"
        isOn={expect.events !== undefined}
        onToggle={(on) =>
          set(
            'events',
            on
              ? (happened?.events.map(({ stream, type, data }) => ({ stream, type, data })) ?? [])
              : undefined,
          )
        }
      >
        <ExpectedEvents
          value={expect.events ?? []}
          isStreamed
          onChange={(events) => void set('events', events)}
        />
      </ExpectedPart>
      <ExpectedPart
        label="Its data have these members"
        isOn={expect.data !== undefined}
        onToggle={(on) => set('data', on ? (happened?.data ?? {}) : undefined)}
      >
        <JsonField
          label="Data"
          value={expect.data ?? {}}
          refuse={(next) => (isJsonObject(next) ? undefined : 'An object')}
          onChange={(next) => {
            if (isJsonObject(next)) set('data', next)
          }}
        />
      </ExpectedPart>
    </ExpectSection>
  )
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')

/** What is undone, as the steps call it. */
const wordsFor = (plan: SagaPlan, nodes: readonly string[]): string =>
  nodes.length === 0 ? '' : ` ${nodes.map((node) => compensationName(plan, node)).join(', ')}.`
