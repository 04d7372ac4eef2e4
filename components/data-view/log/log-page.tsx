'use client'
import Link from 'next/link'
import { useState } from 'react'
import { EVENT_LOOKS } from '@/components/run-view/event-look'
import { useIsNarrow } from '@/components/shell/use-is-narrow'
import { WorkbenchLayout } from '@/components/shell/workbench-layout'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Spinner } from '@/components/ui/spinner'
import { useDesign } from '@/lib/design-store'
import { dataHref } from '../data-href'
import { GoTo } from './go-to'
import { LogProvider, useLog } from './log-context'
import { LogDetail } from './log-detail'
import { LogFiles } from './log-files'
import { LogFilterBar } from './log-filter-bar'
import { LogList } from './log-list'
import { LogColumns } from './log-row'
import { type LogUrl, useLogInUrl, useLogUrl } from './use-log-url'

/** Every event of the design in order: searched, jumped into, followed. */
export function LogPage() {
  const designId = useDesign((state) => state.designId)
  const [attempt, setAttempt] = useState(0)
  const url = useLogUrl()
  return (
    <LogProvider key={attempt} designId={designId} filter={url.filter}>
      <Screen designId={designId} url={url} onAgain={() => setAttempt((now) => now + 1)} />
    </LogProvider>
  )
}

function Screen({
  designId,
  url,
  onAgain,
}: {
  readonly designId: string
  readonly url: LogUrl
  readonly onAgain: () => void
}) {
  useLogInUrl(url.filter)
  const narrow = useIsNarrow(760)
  const error = useLog((state) => state.error)
  const detail = { title: 'Event', content: <LogDetail /> }
  return (
    // Regions take their sizes when the group they stand in is made.
    <WorkbenchLayout key={String(narrow)} id="log" {...(narrow ? { bottom: detail } : { right: detail })}>
      <div className="flex h-full flex-col">
        <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface px-3 py-1 text-sm">
          <Link href={dataHref(designId)} className="rounded-sm text-muted hover:text-ink">
            Data
          </Link>
          <span aria-hidden className="text-line-strong">
            /
          </span>
          <h2 className="font-medium">Log</h2>
          <Counts />
          <div className="ml-auto flex flex-wrap items-center gap-2">
            <GoTo />
            <LogFiles designId={designId} filter={url.filter} onImported={onAgain} />
          </div>
        </div>
        <LogFilterBar url={url} types={useEventTypes()} />
        {error === null ? (
          <Rows />
        ) : (
          <EmptyState
            title="The log could not be read"
            description={error}
            actions={<Button onClick={onAgain}>Try again</Button>}
          />
        )}
      </div>
    </WorkbenchLayout>
  )
}

function Rows() {
  const rows = useLog((state) => state.rows)
  const total = useLog((state) => state.total)
  const ready = useLog((state) => state.status === 'ready')
  const searched = useLog((state) => state.searched)
  if (!ready || (rows === 0 && searched !== null && searched < 1))
    return (
      <div className="p-6">
        <Spinner label={ready ? 'Searching the log' : 'Reading the log'} />
      </div>
    )
  if (rows > 0)
    return (
      <>
        <LogColumns />
        <LogList onOpen={focusDetail} />
      </>
    )
  return total === 0 ? (
    <EmptyState
      title="Nothing has happened yet"
      description="Start a run, or send an aggregate a command: every event of this design appears here."
    />
  ) : (
    <EmptyState
      title="No event fits"
      description="Take something out of the filter. What is yet to come and fits it appears here."
    />
  )
}

/** Enter leads into the event chosen, and the keys then scroll it. */
function focusDetail(): void {
  document
    .querySelector<HTMLElement>('[aria-label="Event data"] [tabindex="0"], [aria-label="Event metadata"] a')
    ?.focus()
}

const number = new Intl.NumberFormat('en-GB')

function Counts() {
  const { rows, total, searched, truncated, connected } = {
    rows: useLog((state) => state.rows),
    total: useLog((state) => state.total),
    searched: useLog((state) => state.searched),
    truncated: useLog((state) => state.truncated),
    connected: useLog((state) => state.connected),
  }
  const found =
    searched === null
      ? `${number.format(total)} ${total === 1 ? 'event' : 'events'}`
      : `${number.format(rows)}${truncated ? ' or more' : ''} of ${number.format(total)} events`
  return (
    <>
      <span className="data text-muted">{found}</span>
      <span role="status" aria-label="Search" className="text-xs text-muted">
        {searched !== null && searched < 1 ? `searched ${Math.floor(searched * 100)} %` : ''}
        {truncated ? 'too many to list: narrow the filter' : ''}
      </span>
      <span role="status" aria-label="Connection" className="text-xs text-state-unknown">
        {connected ? '' : 'Reconnecting…'}
      </span>
    </>
  )
}

/** Types of events that this design can have. */
function useEventTypes(): readonly string[] {
  const aggregates = useDesign((state) => state.document.aggregates)
  const own = aggregates.flatMap(({ events }) => events.map(({ name }) => name))
  return [...new Set([...own, ...Object.keys(EVENT_LOOKS)])]
}
