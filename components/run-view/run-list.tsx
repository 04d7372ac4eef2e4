'use client'
import { ListFilter, Play, UserRound } from 'lucide-react'
import Link from 'next/link'
import { useMemo, useState } from 'react'
import { Button } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { EmptyState } from '@/components/ui/empty-state'
import { Select } from '@/components/ui/select'
import { Spinner } from '@/components/ui/spinner'
import { STATES } from '@/components/ui/state'
import type { Saga } from '@/core/design/saga'
import { runStatusSchema } from '@/core/protocol'
import { planOf } from '@/core/saga'
import { useDesign } from '@/lib/design-store'
import { EVERY_RUN, filterRuns, type RunFilter } from '@/lib/run-store/runs-list'
import type { RunsList } from '@/lib/run-store/use-runs'
import { RunRow } from './run-row'

const ANY = 'any'

interface RunListProps {
  readonly designId: string
  readonly list: RunsList
  /** Id and name of each saga of the design. */
  readonly sagas: readonly { readonly id: string; readonly name: string }[]
}

/** The runs of the design, newest first, as they go on. */
export function RunList({ designId, list, sagas }: RunListProps) {
  const [filter, setFilter] = useState<RunFilter>(EVERY_RUN)
  const shown = filterRuns(list.runs, filter)
  const names = new Map(sagas.map(({ id, name }) => [id, name]))
  const design = useDesign(({ document }) => document)
  const plans = useMemo(
    () =>
      new Map(
        design.sagas.flatMap(({ id }) => {
          const plan = hasStart(design.sagas, id) ? planOf(design, id) : undefined
          return plan ? [[id, plan] as const] : []
        }),
      ),
    [design],
  )
  const needy = list.runs.filter(({ needsPerson }) => needsPerson > 0).length
  return (
    <div className="flex h-full flex-col">
      <div className="grid grid-cols-2 gap-1.5 border-b border-line p-2">
        <Select
          size="sm"
          ariaLabel="Filter by saga"
          value={filter.saga ?? ANY}
          onValueChange={(saga) => setFilter((before) => ({ ...before, saga: saga === ANY ? null : saga }))}
          options={[
            { value: ANY, label: 'Every saga' },
            ...sagas.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <Select<string>
          size="sm"
          ariaLabel="Filter by status"
          value={filter.status ?? ANY}
          onValueChange={(status) =>
            setFilter((before) => ({ ...before, status: runStatusSchema.safeParse(status).data ?? null }))
          }
          options={[
            { value: ANY, label: 'Any status' },
            ...runStatusSchema.options.map((value) => ({ value, label: STATES[value].label })),
          ]}
        />
      </div>
      {needy === 0 && !filter.needsPerson ? null : (
        <button
          type="button"
          aria-pressed={filter.needsPerson}
          onClick={() => setFilter((before) => ({ ...before, needsPerson: !before.needsPerson }))}
          className={classNames(
            'flex items-center gap-2 border-b border-line px-3 py-2 text-left text-xs -outline-offset-2!',
            filter.needsPerson ? 'bg-hover font-medium' : 'hover:bg-hover',
          )}
        >
          <UserRound aria-hidden size={14} className="shrink-0 text-state-unknown" />
          <span className="min-w-0 flex-1">
            {needy === 1 ? '1 run needs a person' : `${needy} runs need a person`}
          </span>{' '}
          <span className="text-muted">{filter.needsPerson ? 'Show all' : 'Show'}</span>
        </button>
      )}
      {list.state === 'loading' && list.runs.length === 0 ? (
        <div className="p-4 text-center">
          <Spinner label="Loading runs" />
        </div>
      ) : null}
      {list.state === 'failed' ? (
        <EmptyState
          compact
          title="The runs could not be loaded"
          description={list.message}
          actions={<Button onClick={list.reload}>Try again</Button>}
        />
      ) : null}
      {list.state === 'ready' && list.runs.length === 0 ? (
        <EmptyState
          compact
          icon={<Play />}
          title="No runs yet"
          description="Press Run: every run is kept here, event by event, and can be looked back into."
        />
      ) : null}
      {list.runs.length > 0 && shown.length === 0 ? (
        <EmptyState
          compact
          icon={<ListFilter />}
          title="No run matches"
          actions={<Button onClick={() => setFilter(EVERY_RUN)}>Show all</Button>}
        />
      ) : null}
      {shown.length === 0 ? null : (
        <ul aria-label="Runs" className="min-h-0 flex-1 overflow-auto">
          {shown.map((run) => (
            <RunRow
              key={run.id}
              designId={designId}
              run={run}
              sagaName={names.get(run.saga) ?? run.saga}
              plan={plans.get(run.saga)}
            />
          ))}
          {list.hasMore ? (
            <li className="p-2 text-center">
              <Button size="sm" onClick={list.loadMore}>
                Older runs
              </Button>
            </li>
          ) : null}
        </ul>
      )}
      <Link
        href={`/w/${designId}`}
        className="mt-auto border-t border-line px-3 py-2 text-muted text-xs hover:text-ink"
      >
        Change the saga in Design
      </Link>
    </div>
  )
}

/** A saga that has none yet cannot have been run, and has no plan. */
const hasStart = (sagas: readonly Saga[], id: string): boolean =>
  sagas.some((saga) => saga.id === id && saga.nodes.some(({ type }) => type === 'start'))
