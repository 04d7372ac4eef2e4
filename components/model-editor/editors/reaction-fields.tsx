'use client'
import { Combobox } from '@/components/ui/combobox'
import { Field } from '@/components/ui/field'
import type { Policy } from '@/core/design/aggregate'
import type { DesignPath } from '@/core/design/program'
import { useDesign } from '@/lib/design-store'
import { CodeField, OptionalCodeField } from '../fields/code-field'

type Reaction = Policy['reaction']
type SendsCommand = Extract<Reaction, { type: 'send-command' }>
type StartsSaga = Extract<Reaction, { type: 'start-saga' }>

interface ReactionFieldsProps<R extends Reaction> {
  readonly reaction: R
  readonly path: DesignPath
  readonly change: (field: string, recipe: (policy: Policy) => void) => string | undefined
}

/** What a policy does, and what it says to whom. */
export function ReactionFields({ reaction, ...rest }: ReactionFieldsProps<Reaction>) {
  return reaction.type === 'start-saga' ? (
    <SagaFields reaction={reaction} {...rest} />
  ) : (
    <CommandFields reaction={reaction} {...rest} />
  )
}

function SagaFields({ reaction, path, change }: ReactionFieldsProps<StartsSaga>) {
  const sagas = useDesign((state) => state.document.sagas)
  const inSaga = (field: string, recipe: (reaction: StartsSaga) => void) =>
    change(field, ({ reaction: draft }) => {
      if (draft.type === 'start-saga') recipe(draft)
    })
  return (
    <>
      <Field label="Saga">
        <Combobox
          value={reaction.saga}
          placeholder={reaction.saga}
          options={sagas.map(({ id, name }) => ({ value: id, label: name ?? id }))}
          onValueChange={(saga) => {
            if (saga !== null)
              inSaga('saga', (draft) => {
                draft.saga = saga
              })
          }}
        />
      </Field>
      <OptionalCodeField
        label="input"
        description="(event) => input of the saga. Without it the saga is given the event's data."
        value={reaction.input}
        skeleton="(event) => event.data"
        commit={(code) =>
          inSaga('input', (draft) => {
            draft.input = code
          })
        }
        onRemove={() => void inSaga('input', (draft) => void delete draft.input)}
        path={[...path, 'input']}
        minHeight={48}
      />
    </>
  )
}

function CommandFields({ reaction, path, change }: ReactionFieldsProps<SendsCommand>) {
  const aggregates = useDesign((state) => state.document.aggregates)
  const inCommand = (field: string, recipe: (reaction: SendsCommand) => void) =>
    change(field, ({ reaction: draft }) => {
      if (draft.type === 'send-command') recipe(draft)
    })
  const options = aggregates.flatMap((aggregate) =>
    aggregate.commands.map(({ name }) => ({
      value: `${aggregate.id} ${name}`,
      label: name,
      description: aggregate.name ?? aggregate.id,
    })),
  )
  return (
    <>
      <Field label="Command">
        <Combobox
          value={`${reaction.aggregate} ${reaction.command}`}
          placeholder={reaction.command}
          options={options}
          onValueChange={(chosen) => {
            const [aggregate, command] = chosen?.split(' ') ?? []
            if (aggregate === undefined || command === undefined) return
            inCommand('command', (draft) => {
              draft.aggregate = aggregate
              draft.command = command
            })
          }}
        />
      </Field>
      <CodeField
        label="key"
        description="(event) => key of the instance that gets the command."
        value={reaction.key}
        commit={(code) =>
          inCommand('key', (draft) => {
            draft.key = code
          })
        }
        path={[...path, 'key']}
        minHeight={48}
      />
      <OptionalCodeField
        label="payload"
        description="(event) => payload. Without it the command is sent the event's data."
        value={reaction.payload}
        skeleton="(event) => event.data"
        commit={(code) =>
          inCommand('payload', (draft) => {
            draft.payload = code
          })
        }
        onRemove={() => void inCommand('payload', (draft) => void delete draft.payload)}
        path={[...path, 'payload']}
        minHeight={48}
      />
    </>
  )
}
