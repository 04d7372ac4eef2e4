'use client'
import { Trash2 } from 'lucide-react'
import { NameField } from '@/components/model-editor/fields/name-field'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { useCommands } from '@/components/workbench/commands-context'
import type { Saga } from '@/core/design/saga'
import { renameSagaId } from '@/lib/commands/edits/rename-node'
import { removeSelection } from '@/lib/commands/remove'
import { useDesign } from '@/lib/design-store/design-provider'
import { DescriptionField } from './description-field'
import { TextField } from './fields'
import { firstError, useProblemsAt } from './node-edit'
import { RunBy } from './run-by'

interface DesignInspectorProps {
  readonly saga: Saga | null
  /** How many nodes are selected: none, or several. */
  readonly nodeCount: number
  readonly edgeId?: string
}

/** With no single node selected: the saga itself, the edge, or how many there are. */
export function DesignInspector({ saga, nodeCount, edgeId }: DesignInspectorProps) {
  const { context } = useCommands()
  const edge = saga?.edges.find(({ id }) => id === edgeId)
  const heading = nodeCount > 1 ? `${nodeCount} nodes` : edge ? 'Edge' : saga ? 'Saga' : 'Design'
  return (
    <div className="flex h-full flex-col overflow-auto">
      <h2 className="flex h-9 shrink-0 items-center border-b px-3 text-sm font-semibold">{heading}</h2>
      <div className="flex flex-col gap-3 p-3">
        {nodeCount > 1 || edge ? (
          <>
            {edge ? (
              <p className="text-sm text-muted">
                <span className="data">{edge.from}</span> → <span className="data">{edge.to}</span>
                {edge.branch === undefined ? null : <> on branch {edge.branch}</>}
              </p>
            ) : (
              <p className="text-sm text-muted">
                Alt and arrows move them, D disables them, Ctrl+D duplicates them.
              </p>
            )}
            <Button icon={<Trash2 />} className="self-start" onClick={() => removeSelection(context)}>
              Delete
            </Button>
          </>
        ) : (
          <>
            {saga ? <SagaFields saga={saga} /> : null}
            {saga ? <RunBy saga={saga} /> : null}
            <DescriptionField />
          </>
        )}
      </div>
    </div>
  )
}

function SagaFields({ saga }: { readonly saga: Saga }) {
  const edit = useDesign((state) => state.edit)
  const setSaga = useDesign((state) => state.setSaga)
  const at = useDesign(({ document }) => document.sagas.findIndex(({ id }) => id === saga.id))
  const taken = useDesign(({ document }) => document.sagas)
  const change = (field: string, recipe: (draft: Saga) => void): string | null => {
    const done = edit(
      `Change ${field}`,
      (draft) => {
        const target = draft.sagas.find(({ id }) => id === saga.id)
        if (target) recipe(target)
      },
      { mergeKey: `${saga.id} ${field}` },
    )
    return done.ok ? null : (done.error[0]?.message ?? 'that is not possible')
  }
  const rename = (to: string): string | undefined => {
    const done = edit('Change id', (draft) => renameSagaId(draft, saga.id, to))
    if (!done.ok) return done.error[0]?.message ?? 'that is no id'
    setSaga(to)
  }
  return (
    <>
      <TextField
        label="Saga name"
        value={saga.name ?? ''}
        placeholder={saga.id}
        path={['sagas', at, 'name']}
        commit={(text) =>
          change('saga name', (draft) => {
            if (text === '') delete draft.name
            else draft.name = text
          })
        }
      />
      <NameField
        label="Saga id"
        kind="id"
        required
        value={saga.id}
        taken={taken.map(({ id }) => id)}
        error={firstError(useProblemsAt(['sagas', at, 'id']))}
        onRename={rename}
      />
      <TextField
        label="Saga description"
        rows={3}
        value={saga.description ?? ''}
        path={['sagas', at, 'description']}
        commit={(text) =>
          change('saga description', (draft) => {
            if (text === '') delete draft.description
            else draft.description = text
          })
        }
      />
      <Field
        label="Compensation order"
        description={
          saga.compensationOrder === 'graph'
            ? 'The graph reversed: what has nothing to do with each other is undone side by side.'
            : 'One at a time, the step that finished last first.'
        }
      >
        <SegmentedControl
          ariaLabel="Compensation order"
          value={saga.compensationOrder}
          options={[
            { value: 'graph', label: 'Graph' },
            { value: 'strict', label: 'Strict' },
          ]}
          onValueChange={(order) =>
            change('compensation order', (draft) => {
              draft.compensationOrder = order
            })
          }
        />
      </Field>
    </>
  )
}
