'use client'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { JsonView } from '@/components/ui/json-view'
import { isJsonObject } from '@/core/json'
import type { EventAnswer } from '@/core/protocol'
import { heardBy, sameDecision } from '@/lib/data-store/around-event'
import { causeOf } from '@/lib/data-store/cause'
import { useDesign } from '@/lib/design-store'
import { atHref, causationHref, runHref } from '../data-href'
import { useStream, useStreamStore } from './stream-context'
import { useCommandOf } from './use-command-of'
import { useRunEvents } from './use-run-events'

/** What led to an event and what it led to, as far as its own stream, its run and the read models tell. */
export function EventStory({ designId, event }: { readonly designId: string; readonly event: EventAnswer }) {
  const store = useStreamStore()
  const events = useStream((state) => state.events)
  const design = useDesign((state) => state.document)
  const cause = causeOf(event)
  const runId = cause.kind === 'run' ? cause.runId : null
  const seq = cause.kind === 'run' ? cause.seq : 0
  const [led, ...followed] = useRunEvents(designId, runId, seq)
  const siblings = sameDecision(events, event)
  const readers = heardBy(design, event)
  const first = Math.min(event.position, ...siblings.map(({ position }) => position))
  const command = useCommandOf(designId, event, first)
  return (
    <section aria-label="Cause and effects">
      <h3 className="pb-1 text-xs font-semibold">Cause and effects</h3>
      <ul className="flex flex-col gap-1 text-xs">
        <Line word="Because of">
          {cause.kind === 'event' ? (
            <Link href={causationHref(designId, event.position)} className="rounded-sm text-accent underline">
              an event that a policy reacted to
            </Link>
          ) : runId === null ? (
            'a command sent from outside'
          ) : (
            <>
              {led === undefined ? null : <>{saying(led)}, </>}
              <Link href={runHref(designId, runId, seq)} className="rounded-sm text-accent underline">
                event {seq} of run {runId}
              </Link>
            </>
          )}
        </Line>
        {command === null ? null : (
          <Line word="Its command">
            <details>
              <summary className="cursor-default rounded-sm">
                {command.type}, met version {command.atVersion}
              </summary>
              <JsonView value={command.payload} ariaLabel={`Payload of ${command.type}`} />
            </details>
          </Line>
        )}
        {siblings.length === 0 ? null : (
          <Line word="Decided with it">
            {siblings.map((other) => (
              <button
                key={other.version}
                type="button"
                onClick={() => store.getState().goTo(other.version)}
                className="mr-2 rounded-sm text-accent underline"
              >
                {other.version} · {other.type}
              </button>
            ))}
          </Line>
        )}
        {runId === null
          ? null
          : followed
              .filter(({ position }) => position >= event.position || position > (led?.position ?? 0))
              .map((next) => (
                <Line key={next.position} word="Then the run">
                  <Link
                    href={runHref(designId, runId, next.version)}
                    className="rounded-sm text-accent underline"
                  >
                    {saying(next)}
                  </Link>
                </Line>
              ))}
        {readers.length === 0 ? null : (
          <Line word="Read by">
            {readers.map((name) => (
              <Link
                key={name}
                href={atHref(designId, {
                  position: event.position,
                  streams: [event.streamId],
                  projections: [name],
                })}
                className="mr-2 rounded-sm text-accent underline"
              >
                {name} at position {event.position}
              </Link>
            ))}
          </Line>
        )}
      </ul>
    </section>
  )
}

function Line({ word, children }: { readonly word: string; readonly children: ReactNode }) {
  return (
    <li className="grid grid-cols-[96px_minmax(0,1fr)] gap-2">
      <span className="text-subtle">{word}</span>
      <span className="data break-words">{children}</span>
    </li>
  )
}

/** An event of a run in few words: `StepCompleted reserve`. */
function saying({ type, data }: EventAnswer): string {
  const node = isJsonObject(data) ? data.nodeId : undefined
  return typeof node === 'string' ? `${type} ${node}` : type
}
