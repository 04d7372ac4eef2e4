'use client'
import { ListFilter, Play } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Select } from '@/components/ui/select'
import { Spinner } from '@/components/ui/spinner'
import { STATES } from '@/components/ui/state'
import { runStatusSchema } from '@/core/protocol'
import { filterRuns, type RunFilter } from '@/lib/run-store/runs-list'
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
  const [filter, setFilter] = useState<RunFilter>({ saga: null, status: null })
  const shown = filterRuns(list.runs, filter)
  const names = new Map(sagas.map(({ id, name }) => [id, name]))
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
          actions={<Button onClick={() => setFilter({ saga: null, status: null })}>Show all</Button>}
        />
      ) : null}
      {shown.length === 0 ? null : (
        <ul aria-label="Runs" className="min-h-0 flex-1 overflow-auto">
          {shown.map((run) => (
            <RunRow key={run.id} designId={designId} run={run} sagaName={names.get(run.saga) ?? run.saga} />
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
