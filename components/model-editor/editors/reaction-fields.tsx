'use client'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import type { Policy } from '@/core/design/aggregate'
import type { DesignPath } from '@/core/design/program'
import { assertNever } from '@/core/result'
import { useDesign } from '@/lib/design-store'
import { CodeField, OptionalCodeField } from '../fields/code-field'
import { problemsUnder, problemText } from '../fields/problems-at'
import { newInput, newPayload } from '../recipes/skeletons'

type SagaReaction = Extract<Policy['reaction'], { type: 'start-saga' }>
type CommandReaction = Extract<Policy['reaction'], { type: 'send-command' }>
type Change = (field: string, recipe: (policy: Policy) => void) => string | undefined

export interface ReactionFieldsProps {
  readonly policy: Policy
  /** Of the reaction. */
  readonly path: DesignPath
  readonly change: Change
}

export function ReactionFields({ policy, path, change }: ReactionFieldsProps) {
  const { reaction } = policy
  switch (reaction.type) {
    case 'start-saga':
      return <SagaFields reaction={reaction} path={path} change={change} />
    case 'send-command':
      return <CommandFields reaction={reaction} path={path} change={change} />
    default:
      return assertNever(reaction)
  }
}

interface FieldsProps<Reaction> {
  readonly reaction: Reaction
  readonly path: DesignPath
  readonly change: Change
}

/** Changes the reaction while it is still of that kind: an undo may have made it another. */
function within<Type extends Policy['reaction']['type']>(
  type: Type,
  recipe: (reaction: Extract<Policy['reaction'], { type: Type }>) => void,
): (policy: Policy) => void {
  return ({ reaction }) => {
    if (reaction.type === type) recipe(reaction as Extract<Policy['reaction'], { type: Type }>)
  }
}

function SagaFields({ reaction, path, change }: FieldsProps<SagaReaction>) {
  const sagas = useDesign((state) => state.document.sagas)
  const error = useProblem([...path, 'saga'])
  const set = (field: string, recipe: (reaction: SagaReaction) => void) =>
    change(field, within('start-saga', recipe))
  return (
    <>
      <Field label="Saga" error={error}>
        <Select
          ariaLabel="Saga"
          value={reaction.saga}
          options={withOwn(
            reaction.saga,
            sagas.map(({ id, name }) => ({ value: id, label: name ?? id })),
          )}
          onValueChange={(saga) =>
            void set('saga', (draft) => {
              draft.saga = saga
            })
          }
        />
      </Field>
      <OptionalCodeField
        label="input"
        description="(event) => the saga's input. Without it the event's data is."
        value={reaction.input}
        skeleton={newInput()}
        commit={(code) =>
          set('input', (draft) => {
            draft.input = code
          })
        }
        onRemove={() => void set('input', (draft) => void delete draft.input)}
        path={[...path, 'input']}
        minHeight={48}
      />
    </>
  )
}

function CommandFields({ reaction, path, change }: FieldsProps<CommandReaction>) {
  const aggregates = useDesign((state) => state.document.aggregates)
  const noAggregate = useProblem([...path, 'aggregate'])
  const noCommand = useProblem([...path, 'command'])
  const commands = aggregates.find(({ id }) => id === reaction.aggregate)?.commands ?? []
  const set = (field: string, recipe: (reaction: CommandReaction) => void) =>
    change(field, within('send-command', recipe))
  return (
    <>
      <div className="grid grid-cols-2 gap-4">
        <Field label="Aggregate" error={noAggregate}>
          <Select
            ariaLabel="Aggregate"
            value={reaction.aggregate}
            options={withOwn(
              reaction.aggregate,
              aggregates.map(({ id, name }) => ({ value: id, label: name ?? id })),
            )}
            onValueChange={(aggregate) =>
              void set('aggregate', (draft) => {
                draft.aggregate = aggregate
                const first = aggregates.find(({ id }) => id === aggregate)?.commands[0]
                if (first) draft.command = first.name
              })
            }
          />
        </Field>
        <Field label="Command" error={noCommand}>
          <Select
            ariaLabel="Command"
            value={reaction.command}
            options={withOwn(
              reaction.command,
              commands.map(({ name }) => ({ value: name, label: name })),
            )}
            onValueChange={(command) =>
              void set('command', (draft) => {
                draft.command = command
              })
            }
          />
        </Field>
      </div>
      <CodeField
        label="key"
        description="(event) => the key of the instance that is told."
        value={reaction.key}
        commit={(code) =>
          set('key', (draft) => {
            draft.key = code
          })
        }
        path={[...path, 'key']}
        minHeight={48}
      />
      <OptionalCodeField
        label="payload"
        description="(event) => the command's payload. Without it the event's data is."
        value={reaction.payload}
        skeleton={newPayload()}
        commit={(code) =>
          set('payload', (draft) => {
            draft.payload = code
          })
        }
        onRemove={() => void set('payload', (draft) => void delete draft.payload)}
        path={[...path, 'payload']}
        minHeight={48}
      />
    </>
  )
}

function useProblem(path: DesignPath): string | undefined {
  const problems = useDesign((state) => state.problems)
  return problemText(problemsUnder(problems, path))
}

interface Option {
  readonly value: string
  readonly label: string
}

/** What is chosen and is not there any more is still shown: its problem is about it. */
const withOwn = (own: string, options: readonly Option[]): readonly Option[] =>
  options.some(({ value }) => value === own) ? options : [{ value: own, label: own }, ...options]
