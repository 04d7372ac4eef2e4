'use client'
import { Combobox } from '@/components/ui/combobox'
import { Field } from '@/components/ui/field'
import { SegmentedControl } from '@/components/ui/segmented-control'
import type { Policy } from '@/core/design/aggregate'
import { RUN_EVENT_TYPES } from '@/core/design/lint-events'
import type { DesignPath } from '@/core/design/program'
import { useDesign } from '@/lib/design-store'
import { OptionalCodeField } from '../fields/code-field'
import { NameField } from '../fields/name-field'
import { TextField } from '../fields/text-field'
import { useModelEdit } from '../fields/use-model-edit'
import { inPolicy, setText } from '../recipes/find'
import { renamePolicy } from '../recipes/rename-service'
import { newCommandReaction, newSagaReaction } from '../recipes/skeletons'
import { ReactionFields } from './reaction-fields'

export interface PolicyEditorProps {
  readonly policy: Policy
  readonly path: DesignPath
  readonly onRenamed: (id: string) => void
}

/** When an event comes, then a saga is started or a command is sent. */
export function PolicyEditor({ policy, path, onRenamed }: PolicyEditorProps) {
  const edit = useModelEdit()
  const design = useDesign((state) => state.document)
  const { id, reaction } = policy
  const change = (field: string, recipe: (policy: Policy) => void) =>
    edit(`Change ${id}`, inPolicy(id, recipe), `${id}.${field}`)
  const types = design.aggregates.flatMap((aggregate) =>
    aggregate.events.map(({ name }) => ({
      value: name,
      label: name,
      description: aggregate.name ?? aggregate.id,
    })),
  )
  const known = [
    ...types,
    ...RUN_EVENT_TYPES.map((type) => ({ value: type, label: type, description: 'runs' })),
  ]
  const choose = (type: Policy['reaction']['type']): void => {
    if (type === reaction.type) return
    const [saga] = design.sagas
    const sending = design.aggregates.find(({ commands }) => commands.length > 0)
    const next = type === 'start-saga' ? newSagaReaction(saga?.id ?? 'saga') : newCommandReaction(sending)
    change('reaction', (draft) => {
      draft.reaction = next
    })
  }
  return (
    <>
      <TextField
        label="Description"
        long
        value={policy.description ?? ''}
        commit={(text) => change('description', (draft) => setText(draft, 'description', text))}
      />
      <Field label="On event">
        <Combobox
          value={policy.on}
          placeholder={policy.on}
          options={known.filter(({ value }, at) => known.findIndex((other) => other.value === value) === at)}
          onValueChange={(on) => {
            if (on !== null)
              change('on', (draft) => {
                draft.on = on
              })
          }}
        />
      </Field>
      <OptionalCodeField
        label="when"
        description="(event) => boolean. Only then it reacts."
        value={policy.when}
        skeleton="(event) => true"
        commit={(code) =>
          change('when', (draft) => {
            draft.when = code
          })
        }
        onRemove={() => void change('when', (draft) => void delete draft.when)}
        path={[...path, 'when']}
        minHeight={48}
      />
      <SegmentedControl
        ariaLabel="Reaction"
        value={reaction.type}
        onValueChange={choose}
        options={[
          { value: 'start-saga', label: 'Start a saga' },
          { value: 'send-command', label: 'Send a command' },
        ]}
      />
      <ReactionFields reaction={reaction} path={[...path, 'reaction']} change={change} />
      <NameField
        label="Id"
        kind="id"
        value={id}
        taken={design.policies.map((other) => other.id)}
        onRename={(next) => {
          const refused = edit(`Rename ${id}`, (draft) => renamePolicy(draft, id, next))
          if (refused === undefined) onRenamed(next)
          return refused
        }}
      />
    </>
  )
}
