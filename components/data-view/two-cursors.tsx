import { classNames } from '@/components/ui/class-names'
import type { ProjectionInfo } from '@/core/protocol'

export interface TwoCursorsProps {
  readonly info: Pick<ProjectionInfo, 'checkpoint' | 'head' | 'lag'>
}

/** Positions that the track spans at least: in a long log a lag of three would be no width at all. */
const SPAN = 20

/** Where the write side is, and where the read side has got to: the gap between them is the lag. */
export function TwoCursors({ info: { checkpoint, head, lag } }: TwoCursorsProps) {
  const span = Math.max(SPAN, Math.ceil((head - checkpoint) * 1.25))
  const read = Math.min(100, Math.max(0, 100 - ((head - checkpoint) / span) * 100))
  const behind = lag > 0
  return (
    <div className="flex flex-col gap-1 text-xs">
      <div className="flex items-baseline justify-between gap-3">
        <span
          role="status"
          aria-label="Lag"
          className={behind ? 'font-medium text-state-unknown' : 'text-subtle'}
        >
          {behind ? `${lag} ${lag === 1 ? 'event' : 'events'} behind` : 'Caught up'}
        </span>
        <span className="text-muted">
          Write side <span className="data font-medium text-ink">{head}</span>
        </span>
      </div>
      <div
        role="img"
        aria-label={`Read side at ${checkpoint}, write side at ${head}`}
        className="relative h-2.5 rounded-full border border-line bg-sunken"
      >
        <div
          className="absolute inset-y-0 left-0 rounded-full bg-state-succeeded transition-[width] duration-layout"
          style={{ width: `${read}%` }}
        />
        <div
          className={classNames('absolute inset-y-0 right-0', behind && 'bg-soft-unknown')}
          style={{ width: `${100 - read}%` }}
        />
        <Tick left={read} className={behind ? 'bg-state-unknown' : 'bg-state-succeeded'} />
        <Tick left={100} className="bg-ink" />
      </div>
      <div className="relative h-4">
        <span
          className="absolute whitespace-nowrap text-muted transition-[left] duration-layout"
          // keeps inside the track at both of its ends
          style={{ left: `${read}%`, transform: `translateX(-${read}%)` }}
        >
          Read side <span className="data font-medium text-ink">{checkpoint}</span>
        </span>
      </div>
    </div>
  )
}

function Tick({ left, className }: { readonly left: number; readonly className: string }) {
  return (
    <div
      className={classNames(
        'absolute -inset-y-1 w-[3px] -translate-x-1/2 rounded-full transition-[left] duration-layout',
        className,
      )}
      style={{ left: `${left}%` }}
    />
  )
}
