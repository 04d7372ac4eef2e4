'use client'
import { Plus } from 'lucide-react'
import { Button } from '@/components/ui/button'
import type { Aggregate, EventDefinition } from '@/core/design/aggregate'
import type { DesignPath } from '@/core/design/program'
import { CodeField } from '../fields/code-field'
import { SchemaTextField } from '../fields/example-field'
import { NameField } from '../fields/name-field'
import { TextField } from '../fields/text-field'
import { useModelEdit } from '../fields/use-model-edit'
import { inEvent, setText } from '../recipes/find'
import { renameEvent } from '../recipes/rename-event'
import { UpcastExample } from './upcast-example'

export interface EventEditorProps {
  readonly aggregate: Aggregate
  readonly event: EventDefinition
  readonly path: DesignPath
  readonly onRenamed: (name: string) => void
}

export function EventEditor({ aggregate, event, path, onRenamed }: EventEditorProps) {
  const edit = useModelEdit()
  const { name } = event
  const change = (field: string, recipe: (event: EventDefinition) => void) =>
    edit(`Change ${name}`, inEvent(aggregate.id, name, recipe), `${aggregate.id}.${name}.${field}`)
  return (
    <>
      <CodeField
        label="evolve"
        description="(state, event) => state. It returns the next state; it decides nothing and refuses nothing."
        value={event.evolve}
        commit={(code) =>
          change('evolve', (draft) => {
            draft.evolve = code
          })
        }
        path={[...path, 'evolve']}
        minHeight={140}
      />
      <SchemaTextField
        label="Data schema"
        value={event.schema}
        commit={(schema) =>
          change('schema', (draft) => {
            draft.schema = schema
          })
        }
      />
      <NameField
        label="Name"
        kind="type"
        value={name}
        taken={aggregate.events.map((other) => other.name)}
        description="Something that happened: OrderConfirmed. Renaming it renames what emits and folds it; events already recorded keep the old name."
        onRename={(next) => {
          const refused = edit(`Rename ${name}`, (draft) => renameEvent(draft, aggregate.id, name, next))
          if (refused === undefined) onRenamed(next)
          return refused
        }}
      />
      <TextField
        label="Description"
        long
        value={event.description ?? ''}
        commit={(text) => change('description', (draft) => setText(draft, 'description', text))}
      />
      {event.upcasters.map((source, index) => (
        <CodeField
          // biome-ignore lint/suspicious/noArrayIndexKey: an upcaster is known by the version it lifts
          key={index}
          label={`Upcaster ${index + 1} → ${index + 2}`}
          description={`(data, event) => data. Lifts data written as version ${index + 1} before evolve and read models see it.`}
          value={source}
          commit={(code) =>
            change(`upcaster${index}`, (draft) => {
              draft.upcasters[index] = code
            })
          }
          path={[...path, 'upcasters', index]}
          {...(index === event.upcasters.length - 1
            ? {
                onRemove: () =>
                  void change('upcasters', (draft) => {
                    draft.upcasters.pop()
                    draft.version = draft.upcasters.length + 1
                  }),
              }
            : {})}
        />
      ))}
      {event.upcasters.length === 0 ? null : <UpcastExample aggregate={aggregate} event={event} />}
      <div className="flex items-center justify-between gap-3 border-t border-line pt-3">
        <p className="text-xs text-subtle">
          Its data is version {event.version}. When its shape changes, a new version with an upcaster keeps
          old events readable.
        </p>
        <Button
          size="sm"
          icon={<Plus aria-hidden size={14} />}
          onClick={() =>
            change('upcasters', (draft) => {
              draft.upcasters.push('(data) => ({ ...data })')
              draft.version = draft.upcasters.length + 1
            })
          }
        >
          New version
        </Button>
      </div>
    </>
  )
}
