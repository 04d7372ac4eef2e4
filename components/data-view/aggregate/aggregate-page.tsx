'use client'
import Link from 'next/link'
import { useSearchParams } from 'next/navigation'
import { WorkbenchLayout } from '@/components/shell/workbench-layout'
import { EmptyState } from '@/components/ui/empty-state'
import { useDesign } from '@/lib/design-store'
import { dataHref } from '../data-href'
import { CommandConsole } from './command-console'
import { EventDetail } from './event-detail'
import { EventList } from './event-list'
import { StatePane } from './state-pane'
import { type InstanceId, StreamProvider, useStream } from './stream-context'
import { useCursorInUrl } from './use-cursor-in-url'
import { VersionBar } from './version-bar'

export interface AggregatePageProps {
  readonly aggregate: string
  readonly instanceKey: string
}

/** One instance of an aggregate: its events, its state at any of them, and commands to it. */
export function AggregatePage({ aggregate, instanceKey }: AggregatePageProps) {
  const designId = useDesign((state) => state.designId)
  const version = Number(useSearchParams().get('v') ?? Number.NaN)
  const cursor = Number.isInteger(version) && version >= 0 ? version : null
  const instance = { designId, aggregate, key: instanceKey }
  return (
    <StreamProvider key={`${aggregate}-${instanceKey}`} instance={instance} cursor={cursor}>
      <Screen instance={instance} />
    </StreamProvider>
  )
}

function Screen({ instance }: { readonly instance: InstanceId }) {
  useCursorInUrl()
  const name = useDesign(({ document }) => document.aggregates.find(({ id }) => id === instance.aggregate))
  const error = useStream((state) => state.error)
  const connected = useStream((state) => state.connected)
  return (
    <WorkbenchLayout
      id="aggregate"
      left={{ title: 'Events', content: <EventList /> }}
      right={{ title: 'Send a command', content: <CommandConsole instance={instance} /> }}
      bottom={{ title: 'Event', content: <EventDetail designId={instance.designId} /> }}
    >
      <div className="flex h-full flex-col">
        <div className="flex h-9 shrink-0 items-center gap-2 border-b border-line bg-surface px-3 text-sm">
          <Link href={dataHref(instance.designId)} className="rounded-sm text-muted hover:text-ink">
            Data
          </Link>
          <span aria-hidden className="text-line-strong">
            /
          </span>
          <h2 className="min-w-0 truncate font-medium">
            {name?.name ?? instance.aggregate} <span className="data">{instance.key}</span>
          </h2>
          <span role="status" aria-label="Connection" className="ml-auto text-xs text-state-unknown">
            {connected ? '' : 'Reconnecting…'}
          </span>
        </div>
        {error === null ? (
          <>
            <VersionBar />
            <StatePane instance={instance} />
          </>
        ) : (
          <EmptyState title="This instance could not be read" description={error} />
        )}
      </div>
    </WorkbenchLayout>
  )
}
