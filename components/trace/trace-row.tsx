import { Link2 } from 'lucide-react'
import type { TimeScale } from '@/components/timeline/scale'
import { classNames } from '@/components/ui/class-names'
import { stateText } from '@/components/ui/state'
import type { SagaPlan } from '@/core/saga'
import { formatDuration } from '@/lib/run-store/duration'
import { spanLabel, type TraceRow } from '@/lib/run-store/trace-rows'
import { SpanBar } from './span-bar'
import { spanLook, takenOverFrom } from './span-look'

const INDENT_PX = 12

/** Label, plot, length: the axis stands above the second of them. */
export const TRACE_COLUMNS = 'grid grid-cols-[minmax(120px,220px)_minmax(0,1fr)_64px]'

interface TraceLineProps {
  readonly row: TraceRow
  readonly plan: SagaPlan
  readonly scale: TimeScale
  /** Epoch ms up to which what goes on is drawn. */
  readonly until: number
}

/** One span: what it is called, how it went, and when. What had not begun at the cursor is faint. */
export function TraceLine({ row, plan, scale, until }: TraceLineProps) {
  const { span, shown, depth } = row
  const { Icon, family } = spanLook(shown ?? span)
  const later = shown === null
  return (
    <>
      <span
        className="flex min-w-0 items-center gap-1.5 px-2 text-xs"
        style={{ paddingLeft: 8 + depth * INDENT_PX }}
      >
        <Icon aria-hidden size={13} className={classNames('shrink-0', later ? '' : stateText[family])} />
        <span className="truncate">{spanLabel(plan, span)}</span>
        {span.attempt > 1 ? <span className="data shrink-0 text-muted">#{span.attempt}</span> : null}
        {span.links.length > 0 ? <Link2 aria-hidden size={12} className="shrink-0 text-subtle" /> : null}
      </span>
      <span aria-hidden className={classNames('relative block', later && 'opacity-35')}>
        <SpanBar span={shown ?? span} scale={scale} until={later ? scale.to : until} />
      </span>
      <span className="data self-center pr-2 text-right text-muted text-xs">{lengthOf(shown)}</span>
    </>
  )
}

function lengthOf(span: TraceRow['shown']): string {
  if (span === null || span.kind === 'mark') return ''
  return span.endAt === null ? '…' : formatDuration(span.endAt - span.startAt)
}

/** All that a line shows, in words. */
export function saidOf(plan: SagaPlan, { span, shown }: TraceRow, from: number): string {
  const label = spanLabel(plan, span)
  const attempt = span.attempt > 1 ? `, attempt ${span.attempt}` : ''
  if (shown === null) return `${label}${attempt}, not yet begun`
  const { word } = spanLook(shown)
  const begins = `, begins +${formatDuration(span.startAt - from)}`
  const took =
    shown.endAt === null || span.kind === 'mark'
      ? ''
      : `, takes ${formatDuration(shown.endAt - shown.startAt)}`
  const elsewhere = takenOverFrom(span) === null ? '' : ', taken over from another run'
  return `${label}${attempt}, ${word}${begins}${took}${elsewhere}`
}
