'use client'
import type { Scenario } from '@/core/design/scenario'
import { assertNever } from '@/core/result'
import { TextField } from '../fields/text-field'
import { useModelEdit } from '../fields/use-model-edit'
import { setText } from '../recipes/find'
import { inAnyScenario } from '../recipes/scenarios'
import { AggregateScenarioFields } from '../scenarios/aggregate-scenario-fields'
import { ProjectionScenarioFields } from '../scenarios/projection-scenario-fields'
import { SagaScenarioFields } from '../scenarios/saga-scenario-fields'

/** A scenario as sentences: given, when, then. What it comes to is on the right at once. */
export function ScenarioEditor({ scenario }: { readonly scenario: Scenario }) {
  const edit = useModelEdit()
  const change = (field: string, recipe: (draft: Scenario) => void) =>
    edit('Change scenario', inAnyScenario(scenario.id, recipe), `${scenario.id}.${field}`)
  return (
    <>
      <TextField
        label="Name"
        description="What it shows, as a sentence."
        value={scenario.name}
        commit={(text) =>
          change('name', (draft) => {
            draft.name = text
          })
        }
      />
      <TextField
        label="Description"
        long
        description="What it teaches."
        value={scenario.description ?? ''}
        commit={(text) => change('description', (draft) => setText(draft, 'description', text))}
      />
      <Fields scenario={scenario} />
    </>
  )
}

function Fields({ scenario }: { readonly scenario: Scenario }) {
  switch (scenario.type) {
    case 'aggregate':
      return <AggregateScenarioFields scenario={scenario} />
    case 'projection':
      return <ProjectionScenarioFields scenario={scenario} />
    case 'saga':
      return <SagaScenarioFields scenario={scenario} />
    default:
      return assertNever(scenario)
  }
}
