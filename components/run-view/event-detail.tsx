'use client'
import { CornerLeftUp, Waypoints } from 'lucide-react'
import Link from 'next/link'
import { causationHref } from '@/components/data-view/data-href'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/empty-state'
import { JsonView } from '@/components/ui/json-view'
import { Tabs } from '@/components/ui/tabs'
import type { Json } from '@/core/json'
import { describeEvent } from '@/lib/run-store/describe-event'
import { causeOf, stateAt } from '@/lib/run-store/history'
import { useRun, useRunStore } from '@/lib/run-store/run-provider'
import { eventShown } from '@/lib/run-store/run-store'
import { viewOf } from '@/lib/run-store/view'

/** The event under the cursor: what it says, what led to it, and what is true after it. */
export function EventDetail() {
  const store = useRunStore()
  const history = useRun((run) => run.history)
  const entry = useRun(eventShown)
  const designId = useRun(({ run }) => run.designId)
  if (!entry)
    return <EmptyState compact title="No events yet" description="They appear here as the run goes on." />
  const cause = causeOf(history, entry)
  const after = stateAt(history, entry.seq)
  const before = stateAt(history, entry.seq - 1)
  const asJson = (value: unknown) => value as Json
  return (
    <div className="flex h-full min-w-0 flex-col">
      <div className="flex items-start justify-between gap-2 px-3 py-1.5">
        <p className="min-w-0 text-xs">
          <span className="font-semibold">Event {entry.seq}</span>
          <span className="text-muted"> · {describeEvent(history.plan, entry.event)}</span>
        </p>
        <div className="flex items-center gap-2">
          {cause ? (
            <Button size="sm" icon={<CornerLeftUp />} onClick={() => store.getState().goTo(cause.seq)}>
              Cause: event {cause.seq}
            </Button>
          ) : (
            <span className="whitespace-nowrap text-xs text-subtle">
              {entry.seq === 1 ? 'The beginning' : 'Came from outside'}
            </span>
          )}
          <Link href={causationHref(designId, entry.position)} className={buttonClass('secondary', 'sm')}>
            <Waypoints aria-hidden />
            Causes and effects
          </Link>
        </div>
      </div>
      <div className="min-h-0 flex-1">
        <Tabs
          fill
          ariaLabel="The event"
          tabs={[
            {
              value: 'data',
              label: 'Its data',
              content: <Padded value={asJson(entry.event.data)} label="Data of the event" />,
            },
            {
              value: 'state',
              label: 'State after',
              content: <Padded value={asJson(viewOf(history.plan, after))} label="State after the event" />,
            },
            {
              value: 'diff',
              label: 'Diff of data',
              content: (
                <Padded
                  value={after.data}
                  previous={before.data}
                  label="Saga data, compared with the event before"
                />
              ),
            },
            {
              value: 'meta',
              label: 'Metadata',
              content: <Padded value={asJson(entry.metadata)} label="Metadata" />,
            },
          ]}
        />
      </div>
    </div>
  )
}

function Padded(props: { readonly value: Json; readonly previous?: Json; readonly label: string }) {
  return (
    <div className="px-2 py-1.5">
      <JsonView
        value={props.value}
        ariaLabel={props.label}
        openDepth={1}
        {...(props.previous === undefined ? {} : { previous: props.previous })}
      />
    </div>
  )
}
