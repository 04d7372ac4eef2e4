'use client'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Spinner } from '@/components/ui/spinner'
import { useDesign } from '@/lib/design-store'
import { dataHref } from '../data-href'
import { FollowerStatus } from '../follower-status'
import { RowTable } from '../row-table'
import { TwoCursors } from '../two-cursors'
import { FaultPanel } from './fault-panel'
import { QueryPanel } from './query-panel'
import { ReadModelProvider, useReadModel, useReadModelStore } from './read-model-context'
import { ReadModelControls } from './read-model-controls'
import { RebuildProgress } from './rebuild-progress'
import { RowFilter } from './row-filter'

/** A read model: its rows, and how far behind the log it is. */
export function ReadModelPage({ name }: { readonly name: string }) {
  const designId = useDesign((state) => state.designId)
  return (
    <ReadModelProvider key={name} designId={designId} name={name}>
      <Screen designId={designId} name={name} />
    </ReadModelProvider>
  )
}

function Screen({ designId, name }: { readonly designId: string; readonly name: string }) {
  const definition = useDesign(({ document }) => document.projections.find(({ id }) => id === name))
  const queries = definition?.queries ?? []
  const status = useReadModel((state) => state.status)
  const error = useReadModel((state) => state.error)
  const info = useReadModel((state) => state.info)
  const connected = useReadModel((state) => state.connected)
  return (
    <main className="h-full overflow-y-auto">
      <div className="mx-auto flex max-w-[1200px] flex-col gap-5 p-6">
        <div className="flex items-start justify-between gap-4">
          <div className="min-w-0">
            <div className="flex items-center gap-2 text-sm text-muted">
              <Link href={dataHref(designId)} className="rounded-sm hover:text-ink">
                Data
              </Link>
              <span aria-hidden className="text-line-strong">
                /
              </span>
              <span>Read model</span>
            </div>
            <h2 className="flex items-center gap-2 text-lg font-semibold">
              {definition?.name ?? name}
              {info === null ? null : <FollowerStatus status={info.status} />}
            </h2>
            {definition?.description === undefined ? null : (
              <p className="text-sm text-muted">{definition.description}</p>
            )}
          </div>
          <span role="status" aria-label="Connection" className="text-xs text-state-unknown">
            {connected ? '' : 'Reconnecting…'}
          </span>
        </div>
        {status === 'loading' ? <Spinner label="Reading" /> : null}
        {status === 'error' ? <EmptyState title="It could not be read" description={error} /> : null}
        {info === null || status !== 'ready' ? null : (
          <>
            {info.status === 'faulted' ? <FaultPanel name={name} fault={info.fault} /> : null}
            <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)] items-center gap-8 rounded-md border border-line bg-surface p-4 max-md:grid-cols-1">
              <TwoCursors info={info} />
              <ReadModelControls info={info} />
            </div>
            <RebuildProgress info={info} />
            {queries.length === 0 ? null : (
              <QueryPanel designId={designId} projection={name} queries={queries} />
            )}
            <Rows total={info.rows} />
          </>
        )}
      </div>
    </main>
  )
}

function Rows({ total }: { readonly total: number }) {
  const store = useReadModelStore()
  const rows = useReadModel((state) => state.rows)
  const next = useReadModel((state) => state.next)
  const sort = useReadModel((state) => state.sort)
  const filter = useReadModel((state) => state.filter)
  const fresh = useReadModel((state) => state.fresh)
  const error = useReadModel((state) => state.error)
  return (
    <section aria-label="Rows" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h3 className="text-sm font-semibold">
          {filter.length === 0
            ? `${total} ${total === 1 ? 'row' : 'rows'}`
            : `${rows.length}${next === null ? '' : ' or more'} of ${total} rows`}
        </h3>
        <RowFilter />
      </div>
      {error === null ? null : (
        <p role="alert" className="text-sm text-state-failed">
          {error}
        </p>
      )}
      {rows.length === 0 ? (
        <EmptyState
          compact
          title={filter.length === 0 ? 'No rows yet' : 'No row is like that'}
          description={
            filter.length === 0
              ? 'Rows appear when events come in that it listens to: run the saga, or send a command.'
              : undefined
          }
        />
      ) : (
        <RowTable
          rows={rows}
          label="Rows"
          sort={sort}
          onSort={(wanted) => void store.getState().ask({ sort: wanted })}
          fresh={fresh}
        />
      )}
      {next === null ? null : (
        <div>
          <Button size="sm" onClick={() => void store.getState().more()}>
            Show more rows
          </Button>
        </div>
      )}
    </section>
  )
}
