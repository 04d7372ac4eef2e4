'use client'
import { Waypoints } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/empty-state'
import { JsonView } from '@/components/ui/json-view'
import { versionShown } from '@/lib/data-store/stream-store'
import { causationHref } from '../data-href'
import { When } from '../when'
import { EventStory } from './event-story'
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
      <EventStory designId={designId} event={event} />
      <section aria-label="Event metadata">
        <h3 className="pb-1 text-xs font-semibold">As it was recorded</h3>
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-xs">
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
