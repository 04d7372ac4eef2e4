'use client'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { EmptyState } from '@/components/ui/empty-state'
import { JsonView } from '@/components/ui/json-view'
import { aggregateOfStream } from '@/core/aggregate/handle'
import { runOfStream } from '@/core/aggregate/stream'
import type { EventAnswer } from '@/core/protocol'
import { causeOf } from '@/lib/data-store/cause'
import { useDesign } from '@/lib/design-store'
import { aggregateHref, atHref, runHref } from '../data-href'
import { When } from '../when'
import { useLog } from './log-context'
import { logHref } from './log-href'

/** The event chosen: its data, its metadata, and where to go from it. */
export function LogDetail() {
  const event = useLog((state) => state.chosen)
  const cursor = useLog((state) => state.cursor)
  if (event === null)
    return (
      <EmptyState
        compact
        title={cursor === null ? 'No event chosen' : 'Reading the event'}
        description="Choose one to see its data and where it came from."
      />
    )
  return (
    <div className="flex h-full flex-col gap-4 overflow-y-auto p-3">
      <section aria-label="Event data">
        <h3 className="break-all pb-1 text-sm font-semibold">{event.type}</h3>
        <JsonView value={event.data} ariaLabel={`Data of ${event.type}`} />
      </section>
      <EventFacts event={event} />
    </div>
  )
}

function EventFacts({ event }: { readonly event: EventAnswer }) {
  const designId = useDesign((state) => state.designId)
  const { metadata, streamId, version, position, recordedAt } = event
  const cause = causeOf(event)
  return (
    <section aria-label="Event metadata">
      <h3 className="pb-1 text-xs font-semibold">Where it came from</h3>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-xs">
        <Fact name="Position">
          {position} · <TextLink href={atHref(designId, { position })}>everything then</TextLink>
        </Fact>
        <Fact name="Recorded">
          <When at={recordedAt} />
        </Fact>
        <Fact name="Stream">
          <StreamLink event={event} designId={designId} /> · {version}
        </Fact>
        <Fact name="Whole stream">
          <TextLink href={logHref(designId, { stream: streamId })}>only this stream</TextLink>
        </Fact>
        <Fact name="Cause">
          {cause.kind === 'run' ? (
            <TextLink href={runHref(designId, cause.runId, cause.seq)}>
              event {cause.seq} of run {cause.runId}
            </TextLink>
          ) : (
            metadata.causationId
          )}
        </Fact>
        <Fact name="Correlation">
          <TextLink href={logHref(designId, { correlation: metadata.correlationId })}>
            {metadata.correlationId}
          </TextLink>
        </Fact>
        <Fact name="Message">{metadata.messageId}</Fact>
        {metadata.userId === undefined ? null : <Fact name="By">{metadata.userId}</Fact>}
        <Fact name="Schema version">{metadata.schemaVersion}</Fact>
      </dl>
    </section>
  )
}

/** To the run or the aggregate that the stream is of, at this very event. */
function StreamLink({ event, designId }: { readonly event: EventAnswer; readonly designId: string }) {
  const { streamId, version } = event
  const document = useDesign((state) => state.document)
  const runId = runOfStream(streamId)
  if (runId !== null) return <TextLink href={runHref(designId, runId, version)}>run {runId}</TextLink>
  const owner = aggregateOfStream(document, streamId)
  if (owner === undefined) return <>{streamId}</>
  return (
    <TextLink href={aggregateHref(designId, owner.aggregate.id, owner.key, version)}>{streamId}</TextLink>
  )
}

function TextLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <Link href={href} className="rounded-sm text-accent underline">
      {children}
    </Link>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-subtle">{name}</dt>
      <dd className="data break-all">{children}</dd>
    </>
  )
}
