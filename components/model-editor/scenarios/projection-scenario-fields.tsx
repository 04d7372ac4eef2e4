'use client'
import { JsonField } from '@/components/schema-form/json-field'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import type { ProjectionScenario } from '@/core/design/scenario'
import { isJsonObject } from '@/core/json'
import { useDesign } from '@/lib/design-store'
import { useModelEdit } from '../fields/use-model-edit'
import { aboutProjection, inScenario } from '../recipes/scenarios'
import { ExpectSection } from './expected-part'
import { GivenEvents } from './given-events'
import { TakeHappened } from './take-happened'

/** Given events, then the rows folded from them. */
export function ProjectionScenarioFields({ scenario }: { readonly scenario: ProjectionScenario }) {
  const edit = useModelEdit()
  const design = useDesign((state) => state.document)
  const { id } = scenario
  const change = (field: string, recipe: (draft: ProjectionScenario) => void) =>
    edit('Change scenario', inScenario(id, 'projection', recipe), `${id}.${field}`)
  return (
    <>
      <Field label="Read model">
        <Select
          value={scenario.projection}
          options={design.projections.map(({ id: value, name }) => ({ value, label: name ?? value }))}
          onValueChange={(next) =>
            change(
              'projection',
              (draft) =>
                void Object.assign(draft, aboutProjection(design.projections.find((one) => one.id === next))),
            )
          }
        />
      </Field>
      <GivenEvents scenario={scenario} />
      <ExpectSection id={id}>
        <TakeHappened scenario={scenario} />
        <JsonField
          label="Rows"
          description="By key. These rows, and no others."
          value={scenario.expect.rows}
          refuse={(next) => (isJsonObject(next) ? undefined : 'An object: rows by their key')}
          onChange={(rows) =>
            void change('rows', (draft) => {
              if (isJsonObject(rows)) draft.expect.rows = { ...rows }
            })
          }
          minHeight={140}
        />
      </ExpectSection>
    </>
  )
}
