'use client'
import { Box, Plus, Rows3, Workflow } from 'lucide-react'
import { StatusMark } from '@/components/scenarios/status-mark'
import { classNames } from '@/components/ui/class-names'
import { IconButton } from '@/components/ui/icon-button'
import { Menu } from '@/components/ui/menu'
import { useDesign } from '@/lib/design-store'
import type { Addition } from '../recipes/add-target'
import type { ModelTarget } from '../recipes/target'
import { useScenarioResults } from './scenario-results'

export interface ScenarioGroupProps {
  readonly target: ModelTarget | null
  readonly onGo: (target: ModelTarget) => void
  readonly onAdd: (what: Addition) => void
}

/** The scenarios of the design in the outline, each with whether it passes as things stand. */
export function ScenarioGroup({ target, onGo, onAdd }: ScenarioGroupProps) {
  const scenarios = useDesign((state) => state.document.scenarios)
  const has = useDesign(({ document }) =>
    [document.aggregates, document.projections, document.sagas].map((list) => list.length > 0).join(),
  ).split(',')
  const results = useScenarioResults()
  const passing = scenarios.filter(({ id }) => results.get(id)?.status === 'passed').length
  const kinds = [
    { about: 'aggregate', label: 'Of an aggregate', Icon: Box },
    { about: 'projection', label: 'Of a read model', Icon: Rows3 },
    { about: 'saga', label: 'Of a saga', Icon: Workflow },
  ] as const
  return (
    <section aria-label="Scenarios">
      <div className="flex h-7 items-center justify-between pl-2">
        <h2 className="text-xs font-semibold">
          Scenarios
          {scenarios.length === 0 ? null : (
            <span className="pl-2 font-normal text-subtle">
              {passing} of {scenarios.length} pass
            </span>
          )}
        </h2>
        <Menu
          align="end"
          trigger={
            <IconButton label="Add scenario" size="sm">
              <Plus />
            </IconButton>
          }
          items={kinds.map(({ about, label, Icon }, at) => ({
            id: about,
            label,
            icon: <Icon size={14} />,
            disabled: has[at] !== 'true',
            onSelect: () => onAdd({ kind: 'scenario', about }),
          }))}
        />
      </div>
      <ul>
        {scenarios.map(({ id, name }) => {
          const isCurrent = target?.kind === 'scenario' && target.id === id
          return (
            <li key={id}>
              <button
                type="button"
                aria-current={isCurrent ? 'true' : undefined}
                onClick={() => onGo({ kind: 'scenario', id })}
                className={classNames(
                  'flex min-h-7 w-full items-center gap-2 rounded-sm py-1 pr-2 pl-2 text-left text-sm hover:bg-hover',
                  isCurrent && 'bg-accent-soft text-accent',
                )}
              >
                <StatusMark status={results.get(id)?.status} />
                <span className="min-w-0 flex-1 truncate" title={name}>
                  {name}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
