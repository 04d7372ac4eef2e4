'use client'
import { Hourglass, UserRound } from 'lucide-react'
import Link from 'next/link'
import { memo } from 'react'
import { When } from '@/components/data-view/when'
import { StateBadge } from '@/components/ui/state-badge'
import { isJsonObject, type Json } from '@/core/json'
import type { RunSummary } from '@/core/protocol'
import type { SagaPlan } from '@/core/saga'
import { attentionWords } from '@/lib/run-store/attention-words'
import { formatDuration } from '@/lib/run-store/duration'
import { nodeName } from '@/lib/run-store/operator'
import { shortId } from '@/lib/run-store/short-id'

const errorCode = (error: Json): string | null =>
  isJsonObject(error) && typeof error.code === 'string' ? error.code : null

interface RunRowProps {
  readonly designId: string
  readonly run: RunSummary
  readonly sagaName: string
  /** Of the saga as it is now: what nodes are called. */
  readonly plan: SagaPlan | undefined
}

export const RunRow = memo(function RunRow({ designId, run, sagaName, plan }: RunRowProps) {
  const error = errorCode(run.error)
  const [first] = run.attention
  return (
    <li className="border-b border-line">
      <Link
        href={`/w/${designId}/runs/${run.id}`}
        className="flex flex-col gap-1 px-3 py-2 -outline-offset-2! hover:bg-hover"
      >
        <span className="flex items-center justify-between gap-2">
          <span className="truncate font-medium text-xs">{sagaName}</span>
          <StateBadge size="sm" status={run.status} />
        </span>
        <span className="flex items-center justify-between gap-2 text-subtle text-xs">
          <When at={run.startedAt} />
          <span className="data">
            {run.endedAt === null ? '' : formatDuration(run.endedAt - run.startedAt)}
          </span>
        </span>
        <span className="flex items-center gap-2 text-muted text-xs">
          <span className="data shrink-0 text-subtle" title={run.id}>
            {shortId(run.id)}
          </span>
          <span className="min-w-0 truncate" title={run.gist}>
            {run.gist}
          </span>
        </span>
        {first === undefined ? null : (
          <span className="flex items-start gap-1.5 text-state-unknown text-xs">
            {run.needsPerson > 0 ? (
              <UserRound aria-hidden size={12} className="mt-0.5 shrink-0" />
            ) : (
              <Hourglass aria-hidden size={12} className="mt-0.5 shrink-0" />
            )}
            <span className="line-clamp-2">
              {attentionWords(first, (id) => (plan ? nodeName(plan, id) : id))}
              {run.attention.length > 1 ? `, and ${run.attention.length - 1} more` : ''}
            </span>
          </span>
        )}
        {error === null ? null : <span className="truncate text-state-failed text-xs">{error}</span>}
      </Link>
    </li>
  )
})
