import { Bug, CircleQuestionMark, Hand, OctagonPause, TriangleAlert } from 'lucide-react'
import { classNames } from '@/components/ui/class-names'
import { StateIcon } from '@/components/ui/state-badge'
import { isUnknown, stepStatus } from './node-words'
import type { GraphNodeData, NodeLive } from './types'

/** The end of a card: what is wrong with it, what is planned for it, how it stands. */
export function NodeMarks({ data }: { readonly data: GraphNodeData }) {
  const { live, faults, breakpoint, problem } = data
  return (
    <span className="flex shrink-0 flex-col items-end gap-1">
      <span className="flex items-center gap-1">
        {breakpoint ? <OctagonPause aria-hidden size={14} className="text-state-failed" /> : null}
        {faults?.action ? <FaultMark title="Set to break" /> : null}
        {live && isUnknown(live) ? (
          <span title="Nobody knows whether the work was done">
            <CircleQuestionMark aria-hidden size={14} className="text-state-unknown" />
          </span>
        ) : null}
        {live?.held ? (
          <span title="Held: a person lets it begin">
            <Hand aria-hidden size={14} className="text-state-unknown" />
          </span>
        ) : null}
        {live && live.status !== 'pending' ? <StateIcon status={stepStatus(live)} size={16} /> : null}
        {live === null && problem ? (
          <TriangleAlert
            aria-hidden
            size={14}
            className={problem === 'error' ? 'text-state-failed' : 'text-state-unknown'}
          />
        ) : null}
      </span>
      {live ? <AttemptPips live={live} /> : null}
    </span>
  )
}

export function FaultMark({ title }: { readonly title: string }) {
  return (
    <span title={title}>
      <Bug aria-hidden size={14} className="text-state-failed" />
    </span>
  )
}

/** One pip an attempt, the last one filled; above five a number. One attempt is nothing to show. */
function AttemptPips({ live }: { readonly live: NodeLive }) {
  if (live.attempts < 2) return null
  if (live.attempts > 5) return <span className="data text-muted">×{live.attempts}</span>
  return (
    <span className="flex gap-0.5" aria-hidden>
      {Array.from({ length: live.attempts }, (_, at) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: pips have no identity
          key={at}
          className={classNames(
            'size-1.5 rounded-full border border-state-running',
            at === live.attempts - 1 && 'bg-state-running',
          )}
        />
      ))}
    </span>
  )
}
