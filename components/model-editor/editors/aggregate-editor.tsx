'use client'
import { Field } from '@/components/ui/field'
import { NumberField } from '@/components/ui/number-field'
import type { Aggregate } from '@/core/design/aggregate'
import type { DesignPath } from '@/core/design/program'
import { useDesign } from '@/lib/design-store'
import { OptionalCodeField } from '../fields/code-field'
import { ExampleField, SchemaTextField } from '../fields/example-field'
import { NameField } from '../fields/name-field'
import { TextField } from '../fields/text-field'
import { useModelEdit } from '../fields/use-model-edit'
import { inAggregate, setText } from '../recipes/find'
import { renameAggregate } from '../recipes/rename-aggregate'

export interface AggregateEditorProps {
  readonly aggregate: Aggregate
  readonly path: DesignPath
  readonly onRenamed: (id: string) => void
}

export function AggregateEditor({ aggregate, path, onRenamed }: AggregateEditorProps) {
  const edit = useModelEdit()
  const all = useDesign((state) => state.document.aggregates)
  const { id } = aggregate
  const change = (field: string, recipe: (aggregate: Aggregate) => void) =>
    edit(`Change ${id}`, inAggregate(id, recipe), `${id}.${field}`)
  return (
    <>
      <TextField
        label="Description"
        long
        value={aggregate.description ?? ''}
        commit={(text) => change('description', (draft) => setText(draft, 'description', text))}
      />
      <ExampleField
        label="Initial state"
        description="The state before any event. Every state is this, with the events folded onto it."
        value={aggregate.initialState}
        schema={aggregate.stateSchema}
        commit={(state) =>
          change('initialState', (draft) => {
            draft.initialState = state
          })
        }
      />
      <SchemaTextField
        label="State schema"
        value={aggregate.stateSchema}
        commit={(schema) =>
          change('stateSchema', (draft) => {
            draft.stateSchema = schema
          })
        }
      />
      <OptionalCodeField
        label="isTerminal"
        description="(state) => boolean. Once true, a command that would still change it is refused with AlreadyEnded."
        value={aggregate.isTerminal}
        skeleton="(state) => state.status === 'Closed'"
        commit={(code) =>
          change('isTerminal', (draft) => {
            draft.isTerminal = code
          })
        }
        onRemove={() => void change('isTerminal', (draft) => void delete draft.isTerminal)}
        path={[...path, 'isTerminal']}
      />
      <div className="grid grid-cols-2 gap-4">
        <NameField
          label="Id"
          kind="id"
          value={id}
          taken={all.map((other) => other.id)}
          description="Streams start with it. Streams already written keep the old one."
          onRename={(next) => {
            const refused = edit(`Rename ${id}`, (draft) => renameAggregate(draft, id, next))
            if (refused === undefined) onRenamed(next)
            return refused
          }}
        />
        <Field label="Snapshot every" description="A cache: it changes no answer.">
          <NumberField
            value={aggregate.snapshotEvery}
            required
            min={1}
            max={100_000}
            unit="events"
            onValueChange={(every) => {
              if (every !== null)
                change('snapshotEvery', (draft) => {
                  draft.snapshotEvery = Math.round(every)
                })
            }}
          />
        </Field>
      </div>
    </>
  )
}
