'use client'
import Link from 'next/link'
import { useSearchParams } from 'next/navigation'
import { WorkbenchLayout } from '@/components/shell/workbench-layout'
import { EmptyState } from '@/components/ui/empty-state'
import { Tabs } from '@/components/ui/tabs'
import { useDesign } from '@/lib/design-store'
import { dataHref } from '../data-href'
import { NotThere } from '../not-there'
import { CommandConsole } from './command-console'
import { EventDetail } from './event-detail'
import { EventList } from './event-list'
import { StatePane } from './state-pane'
import { type InstanceId, StreamProvider, useStream } from './stream-context'
import { useCursorInUrl } from './use-cursor-in-url'
import { VersionBar } from './version-bar'
import { WhatIfCompare } from './what-if/what-if-compare'
import { useWhatIf, WhatIfProvider } from './what-if/what-if-context'
import { WhatIfPanel } from './what-if/what-if-panel'

export interface AggregatePageProps {
  readonly aggregate: string
  readonly instanceKey: string
}

/** One instance of an aggregate: its events, its state at any of them, and commands to it. */
export function AggregatePage({ aggregate, instanceKey }: AggregatePageProps) {
  const designId = useDesign((state) => state.designId)
  const search = useSearchParams()
  const cursor = versionIn(search.get('v'))
  const compared = versionIn(search.get('from'))
  const instance = { designId, aggregate, key: instanceKey }
  return (
    <StreamProvider
      key={`${aggregate}-${instanceKey}`}
      instance={instance}
      cursor={cursor}
      compared={compared}
    >
      <WhatIfProvider aggregate={aggregate}>
        <Screen instance={instance} />
      </WhatIfProvider>
    </StreamProvider>
  )
}

/** A version as the address has it; null when it is none. */
function versionIn(text: string | null): number | null {
  const version = Number(text ?? Number.NaN)
  return Number.isInteger(version) && version >= 0 ? version : null
}

function Screen({ instance }: { readonly instance: InstanceId }) {
  useCursorInUrl()
  const name = useDesign(({ document }) => document.aggregates.find(({ id }) => id === instance.aggregate))
  const error = useStream((state) => state.error)
  const connected = useStream((state) => state.connected)
  const supposing = useWhatIf().session !== null
  const isEmpty = useStream((state) => state.status === 'ready' && state.events.length === 0)
  if (name === undefined && isEmpty)
    return (
      <main className="flex h-full items-center justify-center">
        <NotThere
          title={`There is no aggregate “${instance.aggregate}”`}
          description="Neither the design has it, nor any event. It may have been renamed, or the address is mistyped."
          href={dataHref(instance.designId)}
          back="All data"
        />
      </main>
    )
  return (
    <WorkbenchLayout
      id="aggregate"
      left={{ title: 'Events', content: <EventList /> }}
      right={{
        title: 'Commands',
        bare: true,
        content: (
          <Tabs
            ariaLabel="Commands"
            fill
            end={<span className="w-7" />}
            tabs={[
              { value: 'send', label: 'Send a command', content: <CommandConsole instance={instance} /> },
              {
                value: 'what-if',
                label: 'What if',
                content: <WhatIfPanel aggregateId={instance.aggregate} />,
              },
            ]}
          />
        ),
      }}
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
            {supposing ? <WhatIfCompare instance={instance} /> : <StatePane instance={instance} />}
          </>
        ) : (
          <EmptyState title="This instance could not be read" description={error} />
        )}
      </div>
    </WorkbenchLayout>
  )
}
