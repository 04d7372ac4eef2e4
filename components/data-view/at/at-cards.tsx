'use client'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { JsonView } from '@/components/ui/json-view'
import { asJson, type Json } from '@/core/json'
import type { ProjectionAt, StreamAt } from '@/core/protocol'
import { aggregateHref, readModelHref, runHref } from '../data-href'

/** One thing at the position; `before` is the same thing just before the event shown. */
interface CardProps<T> {
  readonly designId: string
  readonly at: T
  readonly before: T | undefined
}

export function StreamCard({ designId, at, before }: CardProps<StreamAt>) {
  const moved = before !== undefined && before.version !== at.version
  if (at.kind === 'run') {
    const runId = at.streamId.slice('run-'.length)
    const was = before?.kind === 'run' ? before.run : null
    return (
      <Card
        title={
          <Link
            href={runHref(designId, runId, at.version || undefined)}
            className="rounded-sm hover:underline"
          >
            {at.run?.saga ?? 'Run'} <span className="data">{runId}</span>
          </Link>
        }
        note={`event ${at.version} of ${at.head}`}
        moved={moved}
      >
        {at.run === null ? (
          <Nothing>It had not begun.</Nothing>
        ) : (
          <JsonView
            value={runJson(at.run)}
            {...(was === null ? {} : { previous: runJson(was) })}
            ariaLabel={`Run ${runId}`}
          />
        )}
      </Card>
    )
  }
  return (
    <Card
      title={
        <Link
          href={aggregateHref(designId, at.aggregate, at.key, at.version)}
          className="rounded-sm hover:underline"
        >
          {at.aggregate} <span className="data">{at.key}</span>
        </Link>
      }
      note={`version ${at.version} of ${at.head}`}
      moved={moved}
    >
      {at.problem === null ? (
        <JsonView
          value={at.state}
          {...(before?.kind === 'aggregate' ? { previous: before.state } : {})}
          ariaLabel={`State of ${at.streamId}`}
        />
      ) : (
        <Problem problem={at.problem} />
      )}
    </Card>
  )
}

/** What there is to see of a run: how it stands, its data, and what became of each node. */
const runJson = (run: NonNullable<Extract<StreamAt, { kind: 'run' }>['run']>): Json => ({
  status: run.status,
  data: run.data,
  nodes: Object.fromEntries(Object.entries(run.nodes).map(([id, { status }]) => [id, status])),
  ...(run.error === null ? {} : { error: asJson(run.error) }),
})

export function ProjectionCard({
  designId,
  at,
  before,
  position,
}: CardProps<ProjectionAt> & { readonly position: number }) {
  const rows = (of: ProjectionAt): Json => Object.fromEntries(of.rows.map(({ key, row }) => [key, row]))
  const moved = before !== undefined && JSON.stringify(before.rows) !== JSON.stringify(at.rows)
  return (
    <Card
      title={
        <Link href={readModelHref(designId, at.name)} className="rounded-sm hover:underline">
          {at.name}
        </Link>
      }
      note={
        at.foldedTo < position
          ? `behind: folded to ${at.foldedTo}`
          : `${at.count} ${at.count === 1 ? 'row' : 'rows'}`
      }
      moved={moved}
    >
      {at.problem === null ? null : <Problem problem={at.problem} />}
      {at.rows.length === 0 && at.problem === null ? <Nothing>No rows yet.</Nothing> : null}
      {at.rows.length === 0 ? null : (
        <JsonView
          value={rows(at)}
          {...(before === undefined ? {} : { previous: rows(before) })}
          ariaLabel={`Rows of ${at.name}`}
        />
      )}
      {at.count > at.rows.length && at.rows.length > 0 ? (
        <p className="pt-1 text-xs text-subtle">
          The first {at.rows.length} of {at.count} rows.
        </p>
      ) : null}
    </Card>
  )
}

function Card(props: {
  readonly title: ReactNode
  readonly note: string
  readonly moved: boolean
  readonly children: ReactNode
}) {
  return (
    <li className="min-w-0 rounded-md border border-line bg-surface">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-3 py-1.5">
        <h3 className="min-w-[60%] flex-1 truncate text-sm font-medium">{props.title}</h3>
        {props.moved ? <Badge tone="accent">Changed by this event</Badge> : null}
        <span className="data text-xs whitespace-nowrap text-muted">{props.note}</span>
      </div>
      <div className="max-h-96 overflow-y-auto p-3">{props.children}</div>
    </li>
  )
}

const Nothing = ({ children }: { readonly children: string }) => (
  <p className="text-sm text-muted">{children}</p>
)

const Problem = ({ problem }: { readonly problem: { readonly code: string; readonly message: string } }) => (
  <p className="text-sm text-state-failed">
    <code className="data font-medium">{problem.code}</code> {problem.message}
  </p>
)
