'use client'
import { Waypoints } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/empty-state'
import { JsonView } from '@/components/ui/json-view'
import type { EventAnswer } from '@/core/protocol'
import { causeOf } from '@/lib/data-store/cause'
import { versionShown } from '@/lib/data-store/stream-store'
import { causationHref, runHref } from '../data-href'
import { When } from '../when'
import { useStream } from './stream-context'

/** The event that led to the version shown: its data, and where it came from. */
export function EventDetail({ designId }: { readonly designId: string }) {
  const event = useStream((state) => state.events[versionShown(state) - 1])
  if (event === undefined) {
    return (
      <EmptyState
        compact
        title="Before any event"
        description="This is the initial state of the aggregate."
      />
    )
  }
  return (
    <div className="grid h-full grid-cols-[repeat(auto-fit,minmax(250px,1fr))] content-start gap-6 overflow-y-auto p-3">
      <section aria-label="Event data">
        <h3 className="pb-1 text-xs font-semibold">
          {event.version} · {event.type}
        </h3>
        <JsonView value={event.data} ariaLabel={`Data of ${event.type}`} />
      </section>
      <section aria-label="Event metadata">
        <h3 className="pb-1 text-xs font-semibold">Where it came from</h3>
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-xs">
          <Fact name="Cause">
            <CauseLink designId={designId} event={event} />
          </Fact>
          <Fact name="Recorded">
            <When at={event.recordedAt} />
          </Fact>
          <Fact name="Position in the log">{event.position}</Fact>
          <Fact name="Message">{event.metadata.messageId}</Fact>
          <Fact name="Correlation">{event.metadata.correlationId}</Fact>
          {event.metadata.userId === undefined ? null : <Fact name="By">{event.metadata.userId}</Fact>}
          <Fact name="Schema version">{event.metadata.schemaVersion}</Fact>
        </dl>
        <Link
          href={causationHref(designId, event.position)}
          className={`${buttonClass('secondary', 'sm')} mt-3`}
        >
          <Waypoints aria-hidden />
          Causes and effects
        </Link>
      </section>
    </div>
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

function CauseLink({ designId, event }: { readonly designId: string; readonly event: EventAnswer }) {
  const cause = causeOf(event)
  if (cause.kind === 'command') return <>a command sent from outside</>
  if (cause.kind === 'event')
    return (
      <Link href={causationHref(designId, event.position)} className="rounded-sm text-accent underline">
        an event that a policy reacted to
      </Link>
    )
  return (
    <Link href={runHref(designId, cause.runId, cause.seq)} className="rounded-sm text-accent underline">
      event {cause.seq} of run {cause.runId}
    </Link>
  )
}
