'use client'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Spinner } from '@/components/ui/spinner'
import { StateBadge } from '@/components/ui/state-badge'
import type { Rehearsed } from '@/core/protocol'
import { runsApi } from '@/lib/api/runs'
import { useDesignStore } from '@/lib/design-store/design-provider'

type Answer =
  | { readonly state: 'asking' }
  | { readonly state: 'failed'; readonly message: string }
  | { readonly state: 'ready'; readonly rehearsed: Rehearsed }

/**
 * Which runs would have gone another way under the design as it stands here: their recorded outcomes are played against
 * it, and nothing is performed. A run keeps the version it began with either way.
 */
export function RehearseDialog({ onClose }: { readonly onClose: () => void }) {
  const store = useDesignStore()
  const [answer, setAnswer] = useState<Answer>({ state: 'asking' })
  useEffect(() => {
    const { designId, document } = store.getState()
    let gone = false
    runsApi
      .rehearse(designId, { document, limit: 200 })
      .then((rehearsed) => gone || setAnswer({ state: 'ready', rehearsed }))
      .catch((error: unknown) => {
        if (!gone)
          setAnswer({ state: 'failed', message: error instanceof Error ? error.message : String(error) })
      })
    return () => {
      gone = true
    }
  }, [store])
  const { designId } = store.getState()
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title="Replay runs against this design"
      description="What the runs of this design recorded, played against it as it stands here. Nothing is performed, and every run keeps the version it began with: this tells which could go on under this one, and which could not."
      footer={<Button onClick={onClose}>Close</Button>}
    >
      {answer.state === 'asking' ? <Spinner label="Replaying the runs" /> : null}
      {answer.state === 'failed' ? (
        <p role="alert" className="text-state-failed text-sm">
          {answer.message}
        </p>
      ) : null}
      {answer.state === 'ready' ? <Verdict designId={designId} rehearsed={answer.rehearsed} /> : null}
    </Dialog>
  )
}

function Verdict({ designId, rehearsed }: { readonly designId: string; readonly rehearsed: Rehearsed }) {
  const { checked, more, diverging } = rehearsed
  const looked = `${checked} ${checked === 1 ? 'run was' : 'runs were'} replayed${more ? ', those that go on and the newest; there are more' : ''}.`
  if (checked === 0) return <p className="text-sm">There are no runs yet.</p>
  if (diverging.length === 0) return <p className="text-sm">{looked} Each would have gone the same way.</p>
  return (
    <div className="flex flex-col gap-2">
      <p className="text-sm">
        {looked} {diverging.length === 1 ? 'One would' : `${diverging.length} would`} have gone another way:
      </p>
      <ul
        aria-label="Runs that would have gone another way"
        className="max-h-72 divide-y divide-line overflow-auto rounded-md border border-line"
      >
        {diverging.map(({ run, saga, status, designVersion, divergence }) => (
          <li key={run}>
            <Link
              href={`/w/${designId}/runs/${run}?seq=${divergence.seq}`}
              className="flex flex-col gap-1 px-3 py-2 text-xs -outline-offset-2! hover:bg-hover"
            >
              <span className="flex items-center justify-between gap-2">
                <span className="truncate font-medium">
                  {saga} <span className="data text-muted">…{run.slice(-6)}</span>
                  <span className="text-muted"> · version {designVersion}</span>
                </span>
                <StateBadge size="sm" status={status} />
              </span>
              <span className="text-muted">
                At event {divergence.seq}: {divergence.why}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}
