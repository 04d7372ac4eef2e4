'use client'
import { NameField } from '@/components/model-editor/fields/name-field'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { Switch } from '@/components/ui/switch'
import type { Saga, SagaNode } from '@/core/design/saga'
import { assertNever } from '@/core/result'
import { renameNodeId } from '@/lib/commands/edits/rename-node'
import { useDesign } from '@/lib/design-store/design-provider'
import { ActionFields } from './action-fields'
import { ChoiceFields } from './choice-fields'
import { TextField } from './fields'
import { firstError, useNodeEdit, useProblemsAt } from './node-edit'
import { RoundsFields } from './rounds-fields'
import { SagaFields } from './saga-fields'
import { FailFields, WaitFields } from './small-fields'
import { StartFields } from './start-fields'
import { ApprovalFields, SignalFields } from './waiting-fields'

/** Name, id and what the node does. */
export function ConfigTab({ saga, node }: { readonly saga: Saga; readonly node: SagaNode }) {
  const { path, change } = useNodeEdit()
  const canDisable = node.type !== 'start' && node.type !== 'end'
  return (
    <div className="flex flex-col gap-3 p-3">
      <TextField
        label="Name"
        value={node.name ?? ''}
        placeholder={node.id}
        path={[...path, 'name']}
        commit={(text) =>
          change('name', (draft) => {
            if (text === '') delete draft.name
            else draft.name = text
          })
        }
      />
      <IdField saga={saga} node={node} />
      <KindFields saga={saga} node={node} />
      <TextField
        label="Description"
        value={node.description ?? ''}
        rows={2}
        path={[...path, 'description']}
        commit={(text) =>
          change('description', (draft) => {
            if (text === '') delete draft.description
            else draft.description = text
          })
        }
      />
      {canDisable ? (
        <Switch
          label="Disabled"
          description="A run passes over it."
          checked={node.disabled === true}
          onCheckedChange={(checked) =>
            change('disabled', (draft) => {
              if (checked) draft.disabled = true
              else delete draft.disabled
            })
          }
        />
      ) : null}
    </div>
  )
}

/** The id is what events, URLs and code carry: changing it rewrites every edge and place that names it. */
function IdField({ saga, node }: { readonly saga: Saga; readonly node: SagaNode }) {
  const { path } = useNodeEdit()
  const edit = useDesign((state) => state.edit)
  const select = useDesign((state) => state.select)
  const rename = (to: string): string | undefined => {
    const done = edit('Change id', (draft) => renameNodeId(draft, saga.id, node.id, to))
    if (!done.ok) return done.error[0]?.message ?? 'that is no id'
    select([to])
  }
  return (
    <NameField
      label="Id"
      kind="id"
      required
      value={node.id}
      taken={saga.nodes.map(({ id }) => id)}
      error={firstError(useProblemsAt([...path, 'id']))}
      description="In events and in code. Renaming rewrites its edges."
      onRename={rename}
    />
  )
}

const STEP_KINDS = [
  { value: 'compensatable', label: 'Compensatable', description: 'Undone when the saga fails' },
  { value: 'pivot', label: 'Pivot', description: 'Once it succeeds there is no way back' },
  { value: 'retriable', label: 'Retriable', description: 'Behind the pivot: tried until it works' },
] as const

function KindFields({ saga, node }: { readonly saga: Saga; readonly node: SagaNode }) {
  const { path, change } = useNodeEdit()
  switch (node.type) {
    case 'step':
      return (
        <>
          <Field label="Kind">
            <Select
              value={node.kind}
              options={STEP_KINDS}
              onValueChange={(kind) =>
                change('kind', (draft) => {
                  if (draft.type === 'step') draft.kind = kind
                })
              }
            />
          </Field>
          <ActionFields
            action={node.action}
            path={[...path, 'action']}
            onChange={(field, recipe) =>
              change(field, (draft) => {
                if (draft.type === 'step') draft.action = recipe(draft.action)
              })
            }
          />
        </>
      )
    case 'choice':
      return <ChoiceFields saga={saga} node={node} />
    case 'start':
      return <StartFields node={node} />
    case 'wait':
      return <WaitFields node={node} />
    case 'fail':
      return <FailFields node={node} />
    case 'approval':
      return <ApprovalFields node={node} />
    case 'signal':
      return <SignalFields node={node} />
    case 'saga':
      return <SagaFields saga={saga} node={node} />
    case 'map':
    case 'loop':
      return <RoundsFields saga={saga} node={node} />
    case 'end':
      return null
    default:
      return assertNever(node)
  }
}
