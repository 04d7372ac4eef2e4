'use client'
import { Pause, Play } from 'lucide-react'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import type { PolicyAction, PolicyDelivery, PolicyFault, PolicyInfo } from '@/core/protocol'
import { deliveryText } from '@/lib/data-store/policies'
import { useDesign } from '@/lib/design-store'
import { causationHref, definitionHref, runHref } from '../data-href'
import { FollowerStatus } from '../follower-status'
import { When } from '../when'

export interface PolicyCardProps {
  readonly info: PolicyInfo
  readonly onAct: (action: PolicyAction['action']) => void
}

export function PolicyCard({ info, onAct }: PolicyCardProps) {
  const designId = useDesign((state) => state.designId)
  const name = useDesign(({ document }) => document.policies.find(({ id }) => id === info.policy)?.name)
  const { policy, on, status, lag, fault, recent } = info
  return (
    <section
      aria-label={`Policy ${policy}`}
      className="flex min-w-0 flex-col gap-3 rounded-md border border-line bg-surface p-3"
    >
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h3 className="text-sm font-semibold">
            <Link href={definitionHref(designId, 'policy', policy)} className="rounded-sm hover:underline">
              {name ?? policy}
            </Link>
          </h3>
          <p className="text-xs text-muted">
            on <span className="data">{on}</span> · {lag === 0 ? 'up to date' : `${lag} to come`}
          </p>
        </div>
        <div className="flex items-center gap-2">
          <FollowerStatus status={status} />
          {status === 'running' ? (
            <Button size="sm" icon={<Pause aria-hidden />} onClick={() => onAct('pause')}>
              Pause
            </Button>
          ) : null}
          {status === 'paused' ? (
            <Button size="sm" icon={<Play aria-hidden />} onClick={() => onAct('resume')}>
              Resume
            </Button>
          ) : null}
        </div>
      </div>
      {fault === null ? null : <Fault designId={designId} policy={policy} fault={fault} onAct={onAct} />}
      {recent.length === 0 && fault === null ? (
        <p className="text-xs text-muted">It has not had an event yet.</p>
      ) : (
        <ol aria-label={`Deliveries to ${policy}`} className="max-h-48 overflow-y-auto text-xs">
          {recent.map((delivery) => (
            <Delivery key={delivery.position} designId={designId} delivery={delivery} />
          ))}
        </ol>
      )}
    </section>
  )
}

function Delivery({ designId, delivery }: { readonly designId: string; readonly delivery: PolicyDelivery }) {
  const { position, streamId, at, result } = delivery
  return (
    <li className="flex items-baseline gap-2 py-0.5">
      <Link
        href={causationHref(designId, position)}
        aria-label={`Causes and effects of event ${position}`}
        className="data shrink-0 rounded-sm text-accent underline"
      >
        #{position}
      </Link>
      <span className="min-w-0 flex-1">
        <span className="data">{streamId}</span>{' '}
        {result.outcome === 'started' ? (
          <Link href={runHref(designId, result.runId)} className="rounded-sm text-accent underline">
            {deliveryText(delivery)}
          </Link>
        ) : (
          deliveryText(delivery)
        )}
      </span>
      <span className="shrink-0 text-muted">
        <When at={at} />
      </span>
    </li>
  )
}

function Fault({
  designId,
  policy,
  fault,
  onAct,
}: {
  readonly designId: string
  readonly policy: string
  readonly fault: PolicyFault
  readonly onAct: PolicyCardProps['onAct']
}) {
  const { position, type, streamId, code, message, fn, line } = fault
  return (
    <div className="flex flex-col gap-2 rounded-sm border border-state-failed bg-soft-failed p-2 text-xs">
      <p>
        <span className="font-semibold text-state-failed">It stopped at event {position}</span>{' '}
        <span className="data">
          {type} of {streamId}
        </span>
      </p>
      <p>
        <code className="data font-medium">{code}</code> {message}
        {fn === undefined ? null : (
          <span className="data block text-muted">
            {fn}
            {line === undefined ? '' : `, line ${line}`}
          </span>
        )}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" onClick={() => onAct('retry')}>
          Try again
        </Button>
        <Button size="sm" onClick={() => onAct('skip')}>
          Skip this event
        </Button>
        <Link
          href={definitionHref(designId, 'policy', policy)}
          className="self-center rounded-sm text-accent underline"
        >
          Mend it
        </Link>
      </div>
    </div>
  )
}
