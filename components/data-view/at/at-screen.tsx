'use client'
import { History } from 'lucide-react'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { EmptyState } from '@/components/ui/empty-state'
import { aggregateOfStream } from '@/core/aggregate/handle'
import { runOfStream, streamOfCommands } from '@/core/aggregate/stream'
import { isJsonObject } from '@/core/json'
import type { EventAnswer } from '@/core/protocol'
import { isLatest } from '@/lib/data-store/at-store'
import { useDesign } from '@/lib/design-store'
import { aggregateHref, runHref } from '../data-href'
import { When } from '../when'
import { ProjectionCard, StreamCard } from './at-cards'
import { useAt, useAtStore } from './at-context'
import { PositionBar } from './position-bar'
import { useAtInUrl } from './use-at-in-url'

export function AtScreen({ designId }: { readonly designId: string }) {
  useAtInUrl()
  const store = useAtStore()
  const shown = useAt((state) => state.shown)
  const before = useAt((state) => state.before)
  const error = useAt((state) => state.error)
  const loading = useAt((state) => state.loading)
  const position = useAt((state) => state.position)
  const latest = useAt(isLatest)
  const nothing = useAt(({ streams, projections }) => streams.length + projections.length === 0)
  return (
    <>
      <PositionBar />
      <div
        aria-busy={loading}
        className={classNames(
          'min-h-0 flex-1 overflow-y-auto border-2',
          latest || shown === null ? 'border-transparent' : 'border-state-unknown',
        )}
      >
        {latest || shown === null ? null : (
          <div className="sticky top-0 z-10 flex items-center justify-between gap-3 border-b border-state-unknown bg-soft-unknown px-4 py-1.5 text-xs font-medium text-state-unknown">
            <span role="status" className="flex items-center gap-1.5">
              <History aria-hidden size={14} />
              Viewing position {shown.position} of {shown.head}
            </span>
            <Button size="sm" onClick={() => store.getState().goTo(null)}>
              Return to latest
            </Button>
          </div>
        )}
        <div className="flex flex-col gap-3 p-4">
          {error === null || shown === null ? null : (
            <p role="alert" className="text-sm text-state-failed">
              {error}
            </p>
          )}
          {error !== null && shown === null ? (
            <EmptyState
              title={position === null ? 'The log could not be read' : `There is no position ${position}`}
              description={error}
              actions={
                <Button variant="primary" onClick={() => store.getState().goTo(null)}>
                  Go to the latest
                </Button>
              }
            />
          ) : null}
          {shown === null ? null : <EventLine designId={designId} event={shown.event} />}
          {nothing ? (
            <EmptyState
              compact
              title="Nothing is chosen"
              description="Choose aggregates, runs and read models: they are shown side by side as they were at one position of the log."
            />
          ) : null}
          <ul
            aria-label="At this position"
            className="grid grid-cols-[repeat(auto-fill,minmax(320px,1fr))] items-start gap-3"
          >
            {shown?.streams.map((at) => (
              <StreamCard
                key={at.streamId}
                designId={designId}
                at={at}
                before={before?.streams.find(({ streamId }) => streamId === at.streamId)}
              />
            ))}
            {shown?.projections.map((at) => (
              <ProjectionCard
                key={at.name}
                designId={designId}
                at={at}
                position={shown.event?.position ?? 0}
                before={before?.projections.find(({ name }) => name === at.name)}
              />
            ))}
          </ul>
        </div>
      </div>
    </>
  )
}

/** The event that stands at the position, and where it belongs. */
function EventLine({ designId, event }: { readonly designId: string; readonly event: EventAnswer | null }) {
  const design = useDesign((state) => state.document)
  if (event === null) return <p className="text-sm text-muted">Before the design's first event.</p>
  const runId = runOfStream(event.streamId)
  const asked = streamOfCommands(event.streamId)
  const owner = aggregateOfStream(design, asked ?? event.streamId)
  const href =
    runId !== null
      ? runHref(designId, runId, event.version)
      : owner &&
        aggregateHref(
          designId,
          owner.aggregate.id,
          owner.key,
          asked === null ? event.version : atVersion(event),
        )
  return (
    <p className="text-sm">
      <span className="data text-muted">{event.position}</span>{' '}
      <span className="font-medium">{event.type}</span>
      {asked === null ? null : ` ${commandType(event)}`}
      <span className="text-muted"> in </span>
      {href === undefined ? (
        <span className="data">{event.streamId}</span>
      ) : (
        <Link href={href} className="data rounded-sm text-accent underline">
          {event.streamId}
        </Link>
      )}
      <span className="text-muted">
        {' '}
        · <When at={event.recordedAt} />
      </span>
    </p>
  )
}

/** The version of the aggregate that a recorded command met. */
function atVersion({ data }: EventAnswer): number | undefined {
  const version = isJsonObject(data) ? data.atVersion : undefined
  return typeof version === 'number' ? version : undefined
}

const commandType = ({ data }: EventAnswer): string =>
  isJsonObject(data) && typeof data.type === 'string' ? data.type : ''
