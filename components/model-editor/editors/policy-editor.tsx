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
import { newCommandReaction, newSagaReaction, newWhen } from '../recipes/skeletons'
import { ReactionFields } from './reaction-fields'

export interface PolicyEditorProps {
  readonly policy: Policy
  readonly path: DesignPath
  readonly onRenamed: (id: string) => void
}

/** What it listens for, when it reacts, and how. */
export function PolicyEditor({ policy, path, onRenamed }: PolicyEditorProps) {
  const edit = useModelEdit()
  const design = useDesign((state) => state.document)
  const problems = useDesign((state) => state.problems)
  const { id, on, reaction } = policy
  const change = (field: string, recipe: (policy: Policy) => void) =>
    edit(`Change ${id}`, inPolicy(id, recipe), `${id}.${field}`)
  const emitted = design.aggregates.flatMap(({ id: aggregate, events }) =>
    events.map(({ name }) => ({ value: name, label: name, description: `Of ${aggregate}` })),
  )
  const ofRuns = RUN_EVENT_TYPES.map((name) => ({ value: name, label: name, description: 'Of a run' }))
  const unique = new Map([...ofRuns, ...emitted].reverse().map((option) => [option.value, option]))
  // an event that is gone is still shown, or one would not see what it listens for
  if (!unique.has(on)) unique.set(on, { value: on, label: on, description: 'Nothing emits it' })
  const place = [...path, 'on'].join('/')
  const unknown = problems.find((problem) => problem.path.join('/') === place)?.message
  return (
    <>
      <TextField
        label="Description"
        long
        value={policy.description ?? ''}
        commit={(text) => change('description', (draft) => setText(draft, 'description', text))}
      />
      <Field
        label="On"
        description="The event it listens for. It reacts to what happens from now on, to nothing before."
        error={unknown}
      >
        <Combobox
          ariaLabel="On"
          value={on}
          options={[...unique.values()].reverse()}
          onValueChange={(type) => {
            if (type !== null)
              change('on', (draft) => {
                draft.on = type
              })
          }}
        />
      </Field>
      <OptionalCodeField
        label="when"
        description="(event) => true or false. Without it, it reacts to every one."
        value={policy.when}
        skeleton={newWhen()}
        commit={(code) =>
          change('when', (draft) => {
            draft.when = code
          })
        }
        onRemove={() => void change('when', (draft) => void delete draft.when)}
        path={[...path, 'when']}
        minHeight={48}
      />
      <Field
        label="Then"
        description="What it does about it: once for each event, whatever crashes in between."
      >
        <SegmentedControl
          ariaLabel="Then"
          value={reaction.type}
          options={[
            { value: 'start-saga', label: 'Start a saga' },
            { value: 'send-command', label: 'Send a command' },
          ]}
          onValueChange={(type) =>
            void change('reaction', (draft) => {
              if (type === draft.reaction.type) return
              draft.reaction =
                type === 'start-saga'
                  ? newSagaReaction(design.sagas[0]?.id ?? 'main')
                  : newCommandReaction(design.aggregates[0])
            })
          }
        />
      </Field>
      <ReactionFields policy={policy} path={[...path, 'reaction']} change={change} />
      <div className="grid grid-cols-2 gap-4">
        <NameField
          label="Id"
          kind="id"
          value={id}
          taken={design.policies.map((other) => other.id)}
          description="By another name it is another policy, and begins anew."
          onRename={(next) => {
            const refused = edit(`Rename ${id}`, (draft) => renamePolicy(draft, id, next))
            if (refused === undefined) onRenamed(next)
            return refused
          }}
        />
        <TextField
          label="Name"
          value={policy.name ?? ''}
          commit={(text) => change('name', (draft) => setText(draft, 'name', text))}
        />
      </div>
    </>
  )
}
