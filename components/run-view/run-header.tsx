'use client'
import { ArrowLeft, RotateCcw } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { StateBadge } from '@/components/ui/state-badge'
import { Tooltip } from '@/components/ui/tooltip'
import { nodeName } from '@/lib/run-store/operator'
import { useRun, useRunStore } from '@/lib/run-store/run-provider'
import { isPast, seqShown, stateNow, viewShown } from '@/lib/run-store/run-store'
import { shortId } from '@/lib/run-store/short-id'
import { Elapsed } from './elapsed'
import { OperatorMenu } from './operator-menu'
import { RunPace } from './run-pace'
import { useRunActions } from './use-run-actions'

/** The run in one line: what it is, how it stands at the cursor, and what can be done. */
export function RunHeader() {
  const store = useRunStore()
  const run = useRun((state) => state.run)
  const saga = useRun((state) => state.saga)
  const plan = useRun(({ history }) => history.plan)
  const view = useRun(viewShown)
  const seed = useRun((state) => stateNow(state).seed)
  const past = useRun(isPast)
  const seq = useRun(seqShown)
  const { runAgain } = useRunActions()
  const [busy, setBusy] = useState(false)
  const again = async () => {
    setBusy(true)
    await runAgain(stateNow(store.getState()).faults)
    setBusy(false)
  }
  return (
    <section
      aria-label="This run"
      className={classNames(
        'flex h-11 shrink-0 items-center gap-3 border-b bg-surface px-3',
        past ? 'border-state-unknown shadow-[inset_0_2px_0_var(--state-unknown)]' : 'border-line',
      )}
    >
      <Link
        href={`/w/${run.designId}/runs`}
        className="flex shrink-0 items-center gap-1 rounded-sm text-muted text-xs hover:text-ink"
      >
        <ArrowLeft aria-hidden size={14} />
        Runs
      </Link>
      <h1 className="min-w-0 truncate font-semibold text-sm">{saga.name ?? saga.id}</h1>
      <StateBadge size="sm" status={view.status} />
      {past ? (
        <span className="whitespace-nowrap font-medium text-state-unknown text-xs">as of event {seq}</span>
      ) : null}
      {view.forkedFrom === null ? null : (
        <span className="shrink-0 text-muted text-xs max-lg:hidden">
          forked from{' '}
          <Link
            className="underline"
            href={`/w/${run.designId}/runs/${view.forkedFrom.runId}?seq=${view.forkedFrom.seq}`}
          >
            event {view.forkedFrom.seq} of {shortId(view.forkedFrom.runId)}
          </Link>
          {' · '}
          <Link
            className="underline"
            href={`/w/${run.designId}/runs/${run.id}/compare?with=${view.forkedFrom.runId}`}
          >
            compare
          </Link>
        </span>
      )}
      {view.settling ? (
        <span className="whitespace-nowrap text-state-failed text-xs">settling what is in flight</span>
      ) : null}
      {view.error ? (
        <span className="min-w-0 truncate text-xs" title={view.error.message}>
          <span className="font-medium text-state-failed">{view.error.code}</span>
          {view.error.nodeId === null ? null : (
            <span className="text-muted"> at {nodeName(plan, view.error.nodeId)}</span>
          )}
        </span>
      ) : null}
      <div className="ml-auto flex shrink-0 items-center gap-3">
        <Elapsed />
        <span className="flex items-center gap-1 max-xl:hidden">
          <Badge>seed {seed}</Badge>
          <Badge>design v{run.designVersion}</Badge>
        </span>
        {run.imported ? (
          <span className="whitespace-nowrap text-muted text-xs">
            imported: history, to look at and to fork
          </span>
        ) : (
          <RunPace />
        )}
        <Tooltip content="Re-execute: a new run with the same input, seed and faults. Services are called again.">
          <Button size="sm" icon={<RotateCcw />} loading={busy} onClick={again}>
            Run again
          </Button>
        </Tooltip>
        {run.imported ? null : <OperatorMenu />}
      </div>
    </section>
  )
}
