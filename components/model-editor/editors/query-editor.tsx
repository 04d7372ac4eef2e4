'use client'
import { Plus, X } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import type { Projection, Query } from '@/core/design/aggregate'
import type { DesignPath } from '@/core/design/program'
import { CodeField } from '../fields/code-field'
import { ExampleField, SchemaTextField } from '../fields/example-field'
import { NameField } from '../fields/name-field'
import { TextField } from '../fields/text-field'
import { useModelEdit } from '../fields/use-model-edit'
import { inProjection, setText } from '../recipes/find'
import { freeName, newQuery } from '../recipes/skeletons'

export interface QueriesEditorProps {
  readonly projection: Projection
  /** Of the projection. */
  readonly path: DesignPath
}

/** The questions that a read model answers. What they answer is previewed beside its rows. */
export function QueriesEditor({ projection, path }: QueriesEditorProps) {
  const edit = useModelEdit()
  const { id, queries } = projection
  const add = () => {
    const name = freeName(
      'list',
      queries.map((query) => query.id),
    )
    edit(
      `Add query ${name}`,
      inProjection(id, (draft) => void draft.queries.push(newQuery(name))),
    )
  }
  return (
    <section aria-label="Queries" className="flex flex-col gap-4 border-t border-line pt-4">
      <div className="flex items-start justify-between gap-4">
        <div>
          <h3 className="text-sm font-semibold">Queries</h3>
          <p className="text-xs text-subtle">
            Named questions with parameters: a function over all rows, run in the sandbox, asked by page and
            API.
          </p>
        </div>
        <Button size="sm" icon={<Plus aria-hidden size={14} />} onClick={add}>
          Add query
        </Button>
      </div>
      {queries.map((query, at) => (
        // by place: its id is what is being typed
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <QueryEditor key={at} projection={projection} query={query} path={[...path, 'queries', at]} />
      ))}
    </section>
  )
}

function QueryEditor(props: {
  readonly projection: Projection
  readonly query: Query
  readonly path: DesignPath
}) {
  const { projection, query, path } = props
  const edit = useModelEdit()
  const change = (field: string, recipe: (query: Query) => void) =>
    edit(
      `Change ${query.id}`,
      inProjection(projection.id, ({ queries }) => {
        const found = queries.find(({ id }) => id === query.id)
        if (found) recipe(found)
      }),
      `${projection.id}.${query.id}.${field}`,
    )
  return (
    <fieldset
      aria-label={`Query ${query.id}`}
      className="flex min-w-0 flex-col gap-3 rounded-md border border-line p-3"
    >
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0 flex-1">
          <NameField
            label="Query id"
            kind="id"
            value={query.id}
            taken={projection.queries.map(({ id }) => id)}
            onRename={(next) =>
              change('id', (draft) => {
                draft.id = next
              })
            }
          />
        </div>
        <IconButton
          label={`Remove query ${query.id}`}
          size="sm"
          onClick={() =>
            void edit(
              `Remove query ${query.id}`,
              inProjection(projection.id, (draft) => {
                draft.queries = draft.queries.filter(({ id }) => id !== query.id)
              }),
            )
          }
        >
          <X />
        </IconButton>
      </div>
      <CodeField
        label={`answer ${query.id}`}
        description="(rows, params) => the answer. rows are [{ key, row }] in order of their keys; fail('Code', 'why') refuses."
        value={query.answer}
        commit={(code) =>
          change('answer', (draft) => {
            draft.answer = code
          })
        }
        path={[...path, 'answer']}
        minHeight={72}
      />
      <ExampleField
        label="Example parameters"
        description="What the preview asks with, and what the form starts with."
        value={query.example ?? {}}
        schema={query.schema}
        commit={(example) =>
          change('example', (draft) => {
            draft.example = example
          })
        }
      />
      <SchemaTextField
        label="Parameter schema"
        value={query.schema}
        commit={(schema) =>
          change('schema', (draft) => {
            draft.schema = schema
          })
        }
      />
      <TextField
        label="Query description"
        value={query.description ?? ''}
        commit={(text) => change('description', (draft) => setText(draft, 'description', text))}
      />
    </fieldset>
  )
}
