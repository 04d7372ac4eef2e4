'use client'
import type { Aggregate, CommandDefinition } from '@/core/design/aggregate'
import type { DesignPath } from '@/core/design/program'
import { CodeField } from '../fields/code-field'
import { ExampleField, SchemaTextField } from '../fields/example-field'
import { NameField } from '../fields/name-field'
import { TextField } from '../fields/text-field'
import { useModelEdit } from '../fields/use-model-edit'
import { inCommand, setText } from '../recipes/find'
import { renameCommand } from '../recipes/rename-aggregate'
import type { ModelTarget } from '../recipes/target'
import { RulesField } from './rules-field'

export interface CommandEditorProps {
  readonly aggregate: Aggregate
  readonly command: CommandDefinition
  readonly path: DesignPath
  readonly onGo: (target: ModelTarget) => void
  readonly onRenamed: (name: string) => void
}

export function CommandEditor({ aggregate, command, path, onGo, onRenamed }: CommandEditorProps) {
  const edit = useModelEdit()
  const { name } = command
  const change = (field: string, recipe: (command: CommandDefinition) => void) =>
    edit(`Change ${name}`, inCommand(aggregate.id, name, recipe), `${aggregate.id}.${name}.${field}`)
  return (
    <>
      <CodeField
        label="decide"
        description="(command, state) => events, or return reject('Code', 'why'). command has type, payload, at and commandId."
        value={command.decide}
        commit={(code) =>
          change('decide', (draft) => {
            draft.decide = code
          })
        }
        path={[...path, 'decide']}
        minHeight={140}
      />
      <RulesField aggregate={aggregate} command={command} onGo={onGo} />
      <ExampleField
        label="Example payload"
        description="What the preview sends, and what the forms start with."
        value={command.example ?? {}}
        schema={command.schema}
        commit={(example) =>
          change('example', (draft) => {
            draft.example = example
          })
        }
      />
      <SchemaTextField
        label="Payload schema"
        value={command.schema}
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
        taken={aggregate.commands.map((other) => other.name)}
        description="An order to do something: ConfirmOrder. Renaming it renames what sends it."
        onRename={(next) => {
          const refused = edit(`Rename ${name}`, (draft) => renameCommand(draft, aggregate.id, name, next))
          if (refused === undefined) onRenamed(next)
          return refused
        }}
      />
      <TextField
        label="Description"
        long
        value={command.description ?? ''}
        commit={(text) => change('description', (draft) => setText(draft, 'description', text))}
      />
    </>
  )
}
