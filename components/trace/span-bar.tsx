import type { TimeScale } from '@/components/timeline/scale'
import { classNames } from '@/components/ui/class-names'
import type { Span } from '@/core/trace'
import { spanLook, takenOverFrom } from './span-look'

const LEAST_PX = 3

interface SpanBarProps {
  readonly span: Span
  readonly scale: TimeScale
  /** Epoch ms up to which what goes on is drawn. */
  readonly until: number
}

/**
 * A span over the time of the run: a wait is dashed, an undoing hatched, what has no length a diamond, and what a fork
 * took over is pale.
 */
export function SpanBar({ span, scale, until }: SpanBarProps) {
  const { family } = spanLook(span)
  const colour = `var(--state-${family})`
  const x = scale.x(span.startAt)
  const takenOver = takenOverFrom(span) !== null
  if (span.kind === 'mark') {
    return (
      <span
        className={classNames(
          'absolute top-1/2 size-2 -translate-x-1/2 -translate-y-1/2 rotate-45',
          takenOver && 'opacity-50',
        )}
        style={{ left: x, background: colour }}
      />
    )
  }
  const width = Math.max(LEAST_PX, scale.x(span.endAt ?? until) - x)
  const soft = `color-mix(in srgb, ${colour} 22%, transparent)`
  return (
    <span
      className={classNames(
        'absolute top-1/2 -translate-y-1/2 rounded-sm border',
        span.kind === 'run' || span.kind === 'scope' ? 'h-1.5' : 'h-3.5',
        span.kind === 'wait' && 'border-dashed',
        span.endAt === null && 'rounded-r-none border-r-0',
        takenOver && 'opacity-50',
      )}
      style={{
        left: x,
        width,
        borderColor: colour,
        background:
          span.kind === 'wait'
            ? undefined
            : span.phase === 'compensation'
              ? `repeating-linear-gradient(45deg, ${soft} 0 3px, ${colour} 3px 5px)`
              : soft,
      }}
    >
      {span.events.map(({ at, seq, name }, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: one event may note two things of one name, and they stay
          key={`${seq} ${name} ${index}`}
          className="absolute -inset-y-0.5 w-0.5"
          style={{ left: scale.x(at) - x - 1, background: colour }}
        />
      ))}
    </span>
  )
}
