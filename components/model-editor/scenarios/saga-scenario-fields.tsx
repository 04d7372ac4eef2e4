'use client'
import { useMemo } from 'react'
import { SchemaForm } from '@/components/schema-form/schema-form'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import type { SagaScenario } from '@/core/design/scenario'
import { isJsonObject } from '@/core/json'
import { checkAgainstSchema } from '@/core/json-schema'
import { planOf, type SagaPlan } from '@/core/saga'
import { useDesign } from '@/lib/design-store'
import { TextField } from '../fields/text-field'
import { useModelEdit } from '../fields/use-model-edit'
import { aboutSaga, inScenario } from '../recipes/scenarios'
import type { ChangeSagaScenario } from './change'
import { GivenEvents } from './given-events'
import { SagaExpect } from './saga-expect'
import { SagaFaults } from './saga-faults'
import { SagaTold } from './saga-told'

/** Given streams and faults, when the saga runs in virtual time, then how it ends. */
export function SagaScenarioFields({ scenario }: { readonly scenario: SagaScenario }) {
  const edit = useModelEdit()
  const design = useDesign((state) => state.document)
  const { id, when } = scenario
  const plan = useMemo(() => planOf(design, scenario.saga) ?? null, [design, scenario.saga])
  const change = (field: string, recipe: (draft: SagaScenario) => void) =>
    edit('Change scenario', inScenario(id, 'saga', recipe), `${id}.${field}`)
  return (
    <>
      <Field label="Saga">
        <Select
          value={scenario.saga}
          options={design.sagas.map(({ id: value, name }) => ({ value, label: name ?? value }))}
          onValueChange={(next) =>
            change(
              'saga',
              (draft) => void Object.assign(draft, aboutSaga(design.sagas.find((one) => one.id === next))),
            )
          }
        />
      </Field>
      <GivenEvents scenario={scenario} />
      <section aria-labelledby={`${id}-when`} className="flex flex-col gap-3">
        <h3 id={`${id}-when`} className="text-md font-semibold">
          When
        </h3>
        <SagaInput plan={plan} scenario={scenario} change={change} />
        {plan === null ? null : (
          <>
            <SagaFaults design={design} plan={plan} faults={when.faults} change={change} />
            <SagaTold plan={plan} told={when.told} change={change} />
          </>
        )}
        <TextField
          label="Seed"
          description="The same seed draws the same latencies and errors."
          value={when.seed}
          commit={(seed) =>
            change('seed', (draft) => {
              draft.when.seed = seed
            })
          }
        />
      </section>
      <SagaExpect scenario={scenario} plan={plan} change={change} />
    </>
  )
}

function SagaInput({
  plan,
  scenario,
  change,
}: {
  readonly plan: SagaPlan | null
  readonly scenario: SagaScenario
  readonly change: ChangeSagaScenario
}) {
  const start = plan?.node(plan.startId)
  const schema = start?.type === 'start' ? start.inputSchema : {}
  const checked = checkAgainstSchema(schema, scenario.when.input)
  return (
    <SchemaForm
      schema={schema}
      value={scenario.when.input}
      onChange={(input) =>
        void change('input', (draft) => {
          if (isJsonObject(input)) draft.when.input = input
        })
      }
      issues={checked.ok ? [] : checked.error}
      idPrefix={`scenario-${scenario.id}`}
      label="Input"
    />
  )
}
