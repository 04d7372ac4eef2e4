'use client'
import { CirclePlay, Hourglass, UserRound } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { useRun, useRunStore } from '@/lib/run-store/run-provider'
import { isPast, stateNow } from '@/lib/run-store/run-store'
import { isPaused, waitsFor } from '@/lib/run-store/waits-for'
import { OperatorDialog } from './operator-dialog'

/** Beneath the run's header: what it waits for, which does not come by itself, and the way there. */
export function RunAttention() {
  const store = useRunStore()
  const [first, ...more] = useRun(waitsFor)
  const canResume = useRun((run) => !isPast(run) && !run.run.imported && isPaused(stateNow(run)))
  const [resuming, setResuming] = useState(false)
  if (!first) return null
  const { words, detail, nodeId } = first
  const Icon = first.why === 'signal' ? Hourglass : UserRound
  return (
    <section
      aria-label="What it waits for"
      className="flex min-h-9 shrink-0 items-center gap-2 border-b border-line bg-soft-unknown px-3 py-1 text-state-unknown text-xs"
    >
      <Icon aria-hidden size={14} className="shrink-0" />
      <p className="min-w-0 truncate" title={detail ?? undefined}>
        <span className="font-medium">{words}</span>
        {detail === null ? null : ` · ${detail}`}
        {more.length === 0 ? null : `, and ${more.length} more`}
      </p>
      {nodeId === null ? null : (
        <Button size="sm" onClick={() => store.getState().select(nodeId)}>
          Show it
        </Button>
      )}
      {canResume ? (
        <Button size="sm" variant="primary" icon={<CirclePlay />} onClick={() => setResuming(true)}>
          Resume
        </Button>
      ) : null}
      <OperatorDialog
        key={String(resuming)}
        operation={resuming ? { action: 'resume' } : null}
        onClose={() => setResuming(false)}
      />
    </section>
  )
}
