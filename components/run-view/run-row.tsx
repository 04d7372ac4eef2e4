'use client'
import Link from 'next/link'
import { memo } from 'react'
import { StateBadge } from '@/components/ui/state-badge'
import { isJsonObject, type Json } from '@/core/json'
import type { RunSummary } from '@/core/protocol'
import { formatDuration } from '@/lib/run-store/duration'

const time = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

const errorCode = (error: Json): string | null =>
  isJsonObject(error) && typeof error.code === 'string' ? error.code : null

interface RunRowProps {
  readonly designId: string
  readonly run: RunSummary
  readonly sagaName: string
}

export const RunRow = memo(function RunRow({ designId, run, sagaName }: RunRowProps) {
  const error = errorCode(run.error)
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
          <time dateTime={new Date(run.startedAt).toISOString()}>{time.format(run.startedAt)}</time>
          <span className="data">
            {run.endedAt === null ? '' : formatDuration(run.endedAt - run.startedAt)}
          </span>
        </span>
        {error === null ? null : <span className="truncate text-state-failed text-xs">{error}</span>}
      </Link>
    </li>
  )
})
