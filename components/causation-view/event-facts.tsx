'use client'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import {
  aggregateHref,
  causationHref,
  definitionHref,
  readModelHref,
  runHref,
} from '@/components/data-view/data-href'
import { When } from '@/components/data-view/when'
import { JsonView } from '@/components/ui/json-view'
import type { Json } from '@/core/json'
import type { CausationAnswer, CausationNode } from '@/core/protocol'
import { designsApi } from '@/lib/api/designs'
import { ownerOf, takenUp } from '@/lib/data-store/causation'
import { useDesign } from '@/lib/design-store'

const link = 'rounded-sm text-accent underline'

/** The selected event: its data, where it stands, and who took it up. */
export function EventFacts({
  answer,
  node,
}: {
  readonly answer: CausationAnswer
  readonly node: CausationNode
}) {
  const designId = useDesign((state) => state.designId)
  const design = useDesign((state) => state.document)
  const data = useEventData(designId, node.position)
  const owner = ownerOf(design, node.streamId)
  return (
    <section aria-label="Event" className="flex flex-col gap-3 p-3 text-xs">
      <div>
        <h3 className="text-sm font-semibold">{node.title}</h3>
        <p className="text-muted">
          <When at={node.recordedAt} />
          {node.userId === undefined ? '' : ` by ${node.userId}`}
        </p>
      </div>
      <ul className="flex flex-col gap-1">
        {owner.kind === 'run' ? (
          <li>
            <Link href={runHref(designId, owner.runId, node.version)} className={link}>
              Open the run at event {node.version}
            </Link>
          </li>
        ) : null}
        {owner.kind === 'command' ? (
          <li>
            <Link href={aggregateHref(designId, owner.aggregate, owner.key)} className={link}>
              Open {owner.aggregate} {owner.key}
            </Link>
          </li>
        ) : null}
        {owner.kind === 'aggregate' ? (
          <li>
            <Link href={aggregateHref(designId, owner.aggregate, owner.key, node.version)} className={link}>
              Open {node.streamId} at version {node.version}
            </Link>
          </li>
        ) : null}
        {node.part === 'self' ? null : (
          <li>
            <Link href={causationHref(designId, node.position)} className={link}>
              Look from this event
            </Link>
          </li>
        )}
        {node.policy === null ? null : (
          <li>
            <Link href={definitionHref(designId, 'policy', node.policy)} className={link}>
              Policy {node.policy} led here
            </Link>
          </li>
        )}
      </ul>
      <div>
        <h4 className="pb-1 font-semibold">Read models</h4>
        {node.projections.length === 0 ? (
          <p className="text-muted">None listens for it.</p>
        ) : (
          <ul className="flex flex-col gap-1">
            {node.projections.map((name) => (
              <li key={name}>
                <Link href={readModelHref(designId, name)} className={link}>
                  {name}
                </Link>{' '}
                <span className="text-muted">
                  {takenUp(answer, name, node.position) ? 'has taken it up' : 'has not come to it'}, at
                  position {answer.projections.find((one) => one.name === name)?.checkpoint ?? 0}
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
      <div>
        <h4 className="pb-1 font-semibold">Data</h4>
        {data === undefined ? (
          <p className="text-muted">Reading…</p>
        ) : (
          <JsonView value={data} ariaLabel={`Data of ${node.type}`} />
        )}
      </div>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1">
        <dt className="text-muted">Message</dt>
        <dd className="data break-all">{node.messageId}</dd>
        <dt className="text-muted">Correlation</dt>
        <dd className="data break-all">{node.correlationId}</dd>
      </dl>
    </section>
  )
}

function useEventData(designId: string, position: number): Json | undefined {
  const [read, setRead] = useState<{ readonly position: number; readonly data: Json } | null>(null)
  useEffect(() => {
    let gone = false
    designsApi
      .events(designId, { after: String(position - 1), limit: 1 })
      .then(({ items: [event] }) => {
        if (!gone && event) setRead({ position, data: event.data })
      })
      .catch(() => undefined)
    return () => {
      gone = true
    }
  }, [designId, position])
  return read?.position === position ? read.data : undefined
}
