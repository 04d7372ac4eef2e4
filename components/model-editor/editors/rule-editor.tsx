'use client'
import { Checkbox } from '@/components/ui/checkbox'
import type { Aggregate, Rule } from '@/core/design/aggregate'
import type { DesignPath } from '@/core/design/program'
import { CodeField } from '../fields/code-field'
import { NameField } from '../fields/name-field'
import { TextField } from '../fields/text-field'
import { useModelEdit } from '../fields/use-model-edit'
import { inCommand, inRule, setText } from '../recipes/find'
import { renameRule } from '../recipes/rename-rule'

export interface RuleEditorProps {
  readonly aggregate: Aggregate
  readonly rule: Rule
  readonly path: DesignPath
  readonly onRenamed: (id: string) => void
}

/** A business rule: what it checks, what its refusal is called, and the commands that ask for it. */
export function RuleEditor({ aggregate, rule, path, onRenamed }: RuleEditorProps) {
  const edit = useModelEdit()
  const { id } = rule
  const change = (field: string, recipe: (rule: Rule) => void) =>
    edit(`Change ${id}`, inRule(aggregate.id, id, recipe), `${aggregate.id}.${id}.${field}`)
  const ask = (command: string, asks: boolean) =>
    void edit(
      asks ? `Ask for ${id} in ${command}` : `Stop asking for ${id} in ${command}`,
      inCommand(aggregate.id, command, (draft) => {
        draft.rules = [...draft.rules.filter((other) => other !== id), ...(asks ? [id] : [])]
      }),
    )
  return (
    <>
      <CodeField
        label="check"
        description="(command, state) => true when it holds. false refuses, a text says why, reject('Code', 'why') both."
        value={rule.check}
        commit={(code) =>
          change('check', (draft) => {
            draft.check = code
          })
        }
        path={[...path, 'check']}
        minHeight={120}
      />
      <TextField
        label="Description"
        long
        value={rule.description ?? ''}
        commit={(text) => change('description', (draft) => setText(draft, 'description', text))}
        description="Its first line is what a refusal says when the code says only false."
      />
      <fieldset className="flex flex-col gap-2">
        <legend className="pb-1 text-xs font-medium text-muted">Commands that ask for it</legend>
        {aggregate.commands.map(({ name, rules }) => (
          <Checkbox
            key={name}
            label={name}
            checked={rules.includes(id)}
            onCheckedChange={(asks) => ask(name, asks)}
          />
        ))}
      </fieldset>
      <div className="grid grid-cols-2 gap-4">
        <NameField
          label="Id"
          kind="id"
          value={id}
          taken={aggregate.rules.map((other) => other.id)}
          description="Renaming it renames what asks for it."
          onRename={(next) => {
            const refused = edit(`Rename ${id}`, (draft) => renameRule(draft, aggregate.id, id, next))
            if (refused === undefined) onRenamed(next)
            return refused
          }}
        />
        <TextField
          label="Code"
          value={rule.code ?? ''}
          placeholder={id}
          commit={(text) => change('code', (draft) => setText(draft, 'code', text))}
          description="What a refusal by it is called: sagas and callers see it."
        />
      </div>
    </>
  )
}
