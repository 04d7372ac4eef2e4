'use client'
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Select } from '@/components/ui/select'
import type { Aggregate, CommandDefinition } from '@/core/design/aggregate'
import { useModelEdit } from '../fields/use-model-edit'
import { addTarget, plannedTarget } from '../recipes/add-target'
import { inCommand } from '../recipes/find'
import type { ModelTarget } from '../recipes/target'

export interface RulesFieldProps {
  readonly aggregate: Aggregate
  readonly command: CommandDefinition
  readonly onGo: (target: ModelTarget) => void
}

/** Which rules must hold before a command is decided, in the order in which they are asked. */
export function RulesField({ aggregate, command, onGo }: RulesFieldProps) {
  const edit = useModelEdit()
  const { name, rules } = command
  const set = (label: string, change: (rules: readonly string[]) => readonly string[]) =>
    void edit(
      label,
      inCommand(aggregate.id, name, (draft) => {
        draft.rules = [...change(draft.rules)]
      }),
    )
  const swap = (at: number, to: number) =>
    set(`Reorder the rules of ${name}`, (now) => {
      const [moved] = now.slice(at, at + 1)
      return moved === undefined ? now : now.toSpliced(at, 1).toSpliced(to, 0, moved)
    })
  const create = () =>
    edit(`Add a rule to ${name}`, (draft) => {
      const planned = plannedTarget(draft, { kind: 'rule', aggregate: aggregate.id })
      addTarget(draft, planned)
      if (planned.kind === 'rule')
        inCommand(aggregate.id, name, (now) => void now.rules.push(planned.id))(draft)
    })
  const others = aggregate.rules.filter(({ id }) => !rules.includes(id))
  return (
    <section aria-label="Rules" className="flex flex-col gap-2">
      <h3 className="text-xs font-medium text-muted">Rules</h3>
      <p className="text-xs text-subtle">
        Must hold before decide is asked, in this order. The first that does not refuses the command.
      </p>
      {rules.length === 0 ? null : (
        <ol
          aria-label={`Rules of ${name}`}
          className="divide-y divide-line rounded-sm border border-line bg-surface"
        >
          {rules.map((id, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule may stand there twice
            <li key={`${id} ${at}`} className="flex items-center gap-1 py-1 pr-1 pl-2">
              <span className="data w-4 text-subtle">{at + 1}</span>
              <button
                type="button"
                onClick={() => onGo({ kind: 'rule', aggregate: aggregate.id, id })}
                className="min-w-0 flex-1 rounded-sm text-left text-sm hover:underline"
              >
                <span className="data block truncate font-medium">{id}</span>
                <span className="block truncate text-xs text-subtle">
                  {aggregate.rules.find((rule) => rule.id === id)?.description ?? ''}
                </span>
              </button>
              <IconButton
                label={`Ask ${id} earlier`}
                size="sm"
                disabled={at === 0}
                onClick={() => swap(at, at - 1)}
              >
                <ArrowUp />
              </IconButton>
              <IconButton
                label={`Ask ${id} later`}
                size="sm"
                disabled={at === rules.length - 1}
                onClick={() => swap(at, at + 1)}
              >
                <ArrowDown />
              </IconButton>
              <IconButton
                label={`Stop asking for ${id}`}
                size="sm"
                onClick={() => set(`Stop asking for ${id}`, (now) => now.toSpliced(at, 1))}
              >
                <X />
              </IconButton>
            </li>
          ))}
        </ol>
      )}
      <div className="flex items-center gap-2">
        {others.length === 0 ? null : (
          <div className="w-52">
            <Select
              size="sm"
              value={null}
              ariaLabel="Ask for another rule"
              placeholder="Ask for another rule…"
              options={others.map(({ id }) => ({ value: id, label: id }))}
              onValueChange={(id) => set(`Ask for ${id} in ${name}`, (now) => [...now, id])}
            />
          </div>
        )}
        <Button size="sm" icon={<Plus aria-hidden size={14} />} onClick={create}>
          New rule
        </Button>
      </div>
    </section>
  )
}
