'use client'
import { Plus, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from '@/components/ui/class-names'
import { IconButton } from '@/components/ui/icon-button'
import type { Design } from '@/core/design/document'
import { useDesign } from '@/lib/design-store'
import { problemsUnder } from './fields/problems-at'
import type { Addition } from './recipes/add-target'
import { type ModelTarget, targetPath, targetText } from './recipes/target'
import { ScenarioGroup } from './scenarios/scenario-group'

export interface ModelTreeProps {
  readonly target: ModelTarget | null
  readonly onGo: (target: ModelTarget) => void
  readonly onAdd: (what: Addition) => void
}

/** Everything the design defines beside its sagas. */
export function ModelTree({ target, onGo, onAdd }: ModelTreeProps) {
  const design = useDesign((state) => state.document)
  const entry = (to: ModelTarget, label: string, depth: number) => (
    <Entry
      key={targetText(to)}
      design={design}
      to={to}
      label={label}
      depth={depth}
      target={target}
      onGo={onGo}
    />
  )
  return (
    <nav aria-label="Definitions" className="flex flex-col gap-3 overflow-y-auto p-2">
      <Group title="Aggregates" add="Add aggregate" onAdd={() => onAdd({ kind: 'aggregate' })}>
        {design.aggregates.map(({ id, name, rules, commands, events }) => (
          <li key={id}>
            <ul>
              {entry({ kind: 'aggregate', id }, name ?? id, 0)}
              <SubHeading
                title="Rules"
                add={`Add rule to ${id}`}
                onAdd={() => onAdd({ kind: 'rule', aggregate: id })}
              />
              {rules.map((rule) => entry({ kind: 'rule', aggregate: id, id: rule.id }, rule.id, 1))}
              <SubHeading
                title="Commands"
                add={`Add command to ${id}`}
                onAdd={() => onAdd({ kind: 'command', aggregate: id })}
              />
              {commands.map((command) =>
                entry({ kind: 'command', aggregate: id, name: command.name }, command.name, 1),
              )}
              <SubHeading
                title="Events"
                add={`Add event to ${id}`}
                onAdd={() => onAdd({ kind: 'event', aggregate: id })}
              />
              {events.map((event) =>
                entry({ kind: 'event', aggregate: id, name: event.name }, event.name, 1),
              )}
            </ul>
          </li>
        ))}
      </Group>
      <Group title="Read models" add="Add read model" onAdd={() => onAdd({ kind: 'projection' })}>
        {design.projections.map(({ id, name }) => entry({ kind: 'projection', id }, name ?? id, 0))}
      </Group>
      <Group title="Policies" add="Add policy" onAdd={() => onAdd({ kind: 'policy' })}>
        {design.policies.map(({ id, name }) => entry({ kind: 'policy', id }, name ?? id, 0))}
      </Group>
      <Group title="Services" add="Add service" onAdd={() => onAdd({ kind: 'service' })}>
        {design.services.map(({ id, name, operations }) => (
          <li key={id}>
            <ul>
              {entry({ kind: 'service', id }, name ?? id, 0)}
              <SubHeading
                title="Operations"
                add={`Add operation to ${id}`}
                onAdd={() => onAdd({ kind: 'operation', service: id })}
              />
              {operations.map((operation) =>
                entry(
                  { kind: 'operation', service: id, id: operation.id },
                  operation.name ?? operation.id,
                  1,
                ),
              )}
            </ul>
          </li>
        ))}
      </Group>
      <ScenarioGroup target={target} onGo={onGo} onAdd={onAdd} />
    </nav>
  )
}

interface GroupProps {
  readonly title: string
  readonly add: string
  readonly onAdd: () => void
}

function Group({ title, add, onAdd, children }: GroupProps & { readonly children: ReactNode }) {
  return (
    <section>
      <div className="flex h-7 items-center justify-between pl-2">
        <h2 className="text-xs font-semibold">{title}</h2>
        <IconButton label={add} size="sm" onClick={onAdd}>
          <Plus />
        </IconButton>
      </div>
      <ul>{children}</ul>
    </section>
  )
}

function SubHeading({ title, add, onAdd }: GroupProps) {
  return (
    <li className="flex h-6 items-center justify-between pl-5 text-xs text-subtle">
      {title}
      <IconButton label={add} size="sm" onClick={onAdd}>
        <Plus />
      </IconButton>
    </li>
  )
}

interface EntryProps {
  readonly design: Design
  readonly to: ModelTarget
  readonly label: string
  readonly depth: number
  readonly target: ModelTarget | null
  readonly onGo: (target: ModelTarget) => void
}

const LINES_OF_THEIR_OWN: ReadonlySet<unknown> = new Set(['rules', 'commands', 'events', 'operations'])

function Entry({ design, to, label, depth, target, onGo }: EntryProps) {
  const problems = useDesign((state) => state.problems)
  const path = targetPath(design, to)
  // an aggregate's line does not repeat what its commands' and events' lines say
  const own = path === null ? [] : problemsUnder(problems, path)
  const count = own.filter(
    ({ severity, path: at }) => severity !== 'info' && (depth > 0 || !LINES_OF_THEIR_OWN.has(at[2])),
  ).length
  const current = target !== null && targetText(target) === targetText(to)
  return (
    <li>
      <button
        type="button"
        aria-current={current ? 'true' : undefined}
        onClick={() => onGo(to)}
        className={classNames(
          'flex h-7 w-full items-center gap-2 rounded-sm pr-2 text-left text-sm hover:bg-hover',
          depth === 0 ? 'pl-2 font-medium' : 'pl-5',
          current && 'bg-accent-soft text-accent',
        )}
      >
        <span className="min-w-0 flex-1 truncate">{label}</span>
        {count === 0 ? null : (
          <span className="flex items-center gap-0.5 text-xs text-state-failed">
            <TriangleAlert aria-hidden size={12} />
            {count}
            <span className="sr-only">{count === 1 ? 'problem' : 'problems'}</span>
          </span>
        )}
      </button>
    </li>
  )
}
