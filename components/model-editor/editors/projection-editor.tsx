'use client'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { NumberField } from '@/components/ui/number-field'
import type { Projection } from '@/core/design/aggregate'
import type { DesignPath } from '@/core/design/program'
import { useDesign } from '@/lib/design-store'
import { CodeField, OptionalCodeField } from '../fields/code-field'
import { NameField } from '../fields/name-field'
import { TextField } from '../fields/text-field'
import { useModelEdit } from '../fields/use-model-edit'
import { inProjection, setText } from '../recipes/find'
import { renameProjection } from '../recipes/rename-service'
import { newHandler } from '../recipes/skeletons'
import { QueriesEditor } from './query-editor'

export interface ProjectionEditorProps {
  readonly projection: Projection
  readonly path: DesignPath
  readonly onRenamed: (id: string) => void
}

export function ProjectionEditor({ projection, path, onRenamed }: ProjectionEditorProps) {
  const edit = useModelEdit()
  const design = useDesign((state) => state.document)
  const { id, from } = projection
  const change = (field: string, recipe: (projection: Projection) => void) =>
    edit(`Change ${id}`, inProjection(id, recipe), `${id}.${field}`)
  const heard = design.aggregates.filter((aggregate) => from.length === 0 || from.includes(aggregate.id))
  // a handler whose event is gone is still shown, or it could not be removed
  const types = [
    ...new Set([
      ...heard.flatMap(({ events }) => events.map(({ name }) => name)),
      ...Object.keys(projection.on),
    ]),
  ]
  return (
    <>
      <TextField
        label="Description"
        long
        value={projection.description ?? ''}
        commit={(text) => change('description', (draft) => setText(draft, 'description', text))}
      />
      <fieldset className="flex flex-col gap-1">
        <legend className="pb-1 text-xs font-medium text-muted">Listens to</legend>
        {design.aggregates.map((aggregate) => (
          <Checkbox
            key={aggregate.id}
            label={aggregate.name ?? aggregate.id}
            checked={from.includes(aggregate.id)}
            onCheckedChange={(on) =>
              void change('from', (draft) => {
                draft.from = on
                  ? [...draft.from, aggregate.id]
                  : draft.from.filter((other) => other !== aggregate.id)
              })
            }
          />
        ))}
        <p className="text-xs text-subtle">
          {from.length === 0
            ? 'None chosen: it hears every stream of the design, runs among them.'
            : 'Only these streams.'}
        </p>
      </fieldset>
      <CodeField
        label="key"
        description="(event) => the key of the row it concerns, or null to ignore it."
        value={projection.key}
        commit={(code) =>
          change('key', (draft) => {
            draft.key = code
          })
        }
        path={[...path, 'key']}
        minHeight={48}
      />
      {types.map((type) => (
        <OptionalCodeField
          key={type}
          label={`on ${type}`}
          description="(row, event) => row. row is null at first; return null to delete it."
          value={projection.on[type]}
          skeleton={newHandler()}
          commit={(code) =>
            change(`on.${type}`, (draft) => {
              draft.on[type] = code
            })
          }
          onRemove={() => void change(`on.${type}`, (draft) => void delete draft.on[type])}
          path={[...path, 'on', type]}
          minHeight={48}
        />
      ))}
      <div className="grid grid-cols-2 gap-4">
        <NameField
          label="Id"
          kind="id"
          value={id}
          taken={design.projections.map((other) => other.id)}
          onRename={(next) => {
            const refused = edit(`Rename ${id}`, (draft) => renameProjection(draft, id, next))
            if (refused === undefined) onRenamed(next)
            return refused
          }}
        />
        <Field label="Delay" description="Held back on purpose, so that one sees a stale read.">
          <NumberField
            value={projection.delayMs}
            required
            min={0}
            max={60_000}
            step={100}
            unit="ms"
            onValueChange={(ms) => {
              if (ms !== null)
                change('delayMs', (draft) => {
                  draft.delayMs = Math.round(ms)
                })
            }}
          />
        </Field>
      </div>
      <QueriesEditor projection={projection} path={path} />
    </>
  )
}
