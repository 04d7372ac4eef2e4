'use client'
import { useRunClock } from '@/components/timeline/use-run-clock'
import { isTerminal } from '@/core/saga'
import { formatDuration } from '@/lib/run-store/duration'
import { begunAt } from '@/lib/run-store/history'
import { useRun } from '@/lib/run-store/run-provider'
import { eventShown, isPast, seqShown, stateNow, viewShown } from '@/lib/run-store/run-store'

/** How long the run has taken: up to its end, up to the cursor, or while it goes by the wall's clock up to now. */
export function Elapsed() {
  const begun = useRun((run) => begunAt(run.history, seqShown(run)))
  const endedAt = useRun((run) => viewShown(run).endedAt)
  const shownAt = useRun((run) => eventShown(run)?.at ?? 0)
  const moving = useRun((run) => {
    const { mode, status, speed = 1 } = stateNow(run)
    return mode === 'live' && speed === 1 && !isPast(run) && !isTerminal(status) && !run.run.imported
  })
  const now = useRunClock(shownAt, moving)
  if (begun === null) return null
  // Tenths of a second that run along are read by nobody.
  const tookMs = (endedAt ?? now) - begun
  return (
    <span className="data text-muted">
      {formatDuration(moving ? Math.floor(tookMs / 1000) * 1000 : tookMs)}
    </span>
  )
}
