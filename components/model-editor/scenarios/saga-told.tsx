'use client'
import { Plus, X } from 'lucide-react'
import { initialValue } from '@/components/schema-form/initial-value'
import { SchemaForm } from '@/components/schema-form/schema-form'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { SegmentedControl } from '@/components/ui/segmented-control'
import type { SagaScenario } from '@/core/design/scenario'
import { checkAgainstSchema } from '@/core/json-schema'
import type { SagaPlan } from '@/core/saga'
import { useDesign } from '@/lib/design-store'
import { placeName } from '@/lib/run-store/operator'
import { waitingPlaces } from '@/lib/scenarios/waiting-places'
import type { ChangeSagaScenario } from './change'

type Told = SagaScenario['when']['told'][number]

export interface SagaToldProps {
  readonly plan: SagaPlan
  readonly told: readonly Told[]
  readonly change: ChangeSagaScenario
}

/** What people and signals say, in order, each when its node waits for it. */
export function SagaTold({ plan, told, change }: SagaToldProps) {
  const design = useDesign((state) => state.document)
  const places = waitingPlaces(design, plan.saga.id)
  if (places.length === 0 && told.length === 0) return null
  const set = (index: number, word: Told) =>
    void change(`told.${index}`, (draft) => {
      draft.when.told[index] = word
    })
  return (
    <div className="flex flex-col gap-2">
      <h4 className="text-xs font-medium text-muted">It is told, when it waits for it</h4>
      <ol aria-label="What it is told" className="flex flex-col gap-2">
        {told.map((word, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a word is known by its place
            key={index}
            className="flex items-start gap-2 rounded-sm border border-line bg-surface p-3"
          >
            <div className="min-w-0 flex-1">
              <ToldFields plan={plan} word={word} number={index + 1} onChange={(next) => set(index, next)} />
            </div>
            <IconButton
              label={`Remove word ${index + 1}`}
              onClick={() => change('told', (draft) => void draft.when.told.splice(index, 1))}
            >
              <X />
            </IconButton>
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap gap-2">
        {places.map((place) => (
          <Button
            key={place.path}
            size="sm"
            icon={<Plus aria-hidden size={14} />}
            onClick={() =>
              change('told', (draft) => {
                draft.when.told.push(
                  place.type === 'approval'
                    ? { type: 'decision', node: place.path, decision: 'approved' }
                    : { type: 'signal', signal: place.signal, data: initialValue(place.schema) },
                )
              })
            }
          >
            {place.type === 'approval' ? `Decide ${placeName(plan, place.path)}` : `Signal ${place.signal}`}
          </Button>
        ))}
      </div>
    </div>
  )
}

function ToldFields({
  plan,
  word,
  number,
  onChange,
}: {
  readonly plan: SagaPlan
  readonly word: Told
  readonly number: number
  readonly onChange: (word: Told) => void
}) {
  if (word.type === 'decision')
    return (
      <Field label={placeName(plan, word.node)}>
        <SegmentedControl
          size="sm"
          ariaLabel={`Decision ${number}`}
          value={word.decision}
          onValueChange={(decision) => onChange({ ...word, decision })}
          options={[
            { value: 'approved', label: 'Approved' },
            { value: 'rejected', label: 'Rejected' },
          ]}
        />
      </Field>
    )
  const schema = plan.signals.find(({ signal }) => signal === word.signal)?.schema ?? {}
  const checked = checkAgainstSchema(schema, word.data)
  return (
    <div className="flex flex-col gap-2">
      <p className="text-sm">
        Signal <code className="data">{word.signal}</code>
      </p>
      <SchemaForm
        schema={schema}
        value={word.data}
        onChange={(data) => onChange({ ...word, data })}
        issues={checked.ok ? [] : checked.error}
        idPrefix={`told-${number}`}
        label={`Data of signal ${number}`}
      />
    </div>
  )
}
