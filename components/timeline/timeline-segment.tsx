import { formatDuration } from '@/lib/run-store/duration'
import type { Segment, TimelineRow } from '@/lib/run-store/timeline-rows'
import { sinceWords, type TimeScale } from './scale'
import { segmentLook } from './segment-look'

const HEIGHT = 14
/** Below this a sign would not fit beside the edges. */
const SIGN_FROM_PX = 14

interface TimelineSegmentProps {
  readonly row: TimelineRow
  readonly segment: Segment
  readonly scale: TimeScale
  /** Middle of the row, px. */
  readonly y: number
  /** Which hatching to fill with: ids are the document's, and two timelines may stand in one. */
  readonly hatchId: string
}

/** One attempt, one wait, or one instant of a row. */
export function TimelineSegment({ row, segment, scale, y, hatchId }: TimelineSegmentProps) {
  const look = segmentLook(row.phase, segment.outcome)
  const x = scale.x(segment.startAt)
  const end = scale.x(segment.endAt ?? Math.max(scale.to, segment.dueAt ?? 0))
  const title = <title>{words(row, segment, scale)}</title>
  if (segment.endAt === segment.startAt) {
    return (
      <g>
        {title}
        <path d={`M${x - 5} ${y}l5 -5 5 5 -5 5z`} fill={look.colour} />
      </g>
    )
  }
  const width = Math.max(3, end - x)
  if (look.dashed) {
    return (
      <g stroke={look.colour} fill="none">
        {title}
        <line x1={x} x2={x + width} y1={y} y2={y} strokeDasharray="3 3" strokeWidth={1.5} />
        <rect x={x} y={y - HEIGHT / 2} width={width} height={HEIGHT} stroke="none" fill="transparent" />
      </g>
    )
  }
  const fill = look.fill === 'hatched' ? `url(#${hatchId})` : look.colour
  return (
    <g>
      {title}
      <rect x={x} y={y - HEIGHT / 2} width={width} height={HEIGHT} rx={3} fill="var(--surface)" />
      <rect
        x={x + 0.5}
        y={y - HEIGHT / 2 + 0.5}
        width={Math.max(2, width - 1)}
        height={HEIGHT - 1}
        rx={3}
        fill={fill}
        fillOpacity={look.fill === 'soft' ? 0.22 : 0.55}
        stroke={look.colour}
      />
      {width >= SIGN_FROM_PX ? (
        <text
          x={x + width / 2}
          y={y}
          dominantBaseline="central"
          textAnchor="middle"
          className="fill-ink font-medium text-[11px]"
        >
          {segment.attempt > 1 && width > 26 ? `${look.sign} ${segment.attempt}` : look.sign}
        </text>
      ) : null}
    </g>
  )
}

function words(row: TimelineRow, segment: Segment, scale: TimeScale): string {
  const { word } = segmentLook(row.phase, segment.outcome)
  const attempt = segment.attempt > 1 ? `, attempt ${segment.attempt}` : ''
  const begins = `, ${sinceWords(scale, segment.startAt)}`
  const took =
    segment.endAt === null || segment.endAt === segment.startAt
      ? ''
      : `, ${formatDuration(segment.endAt - segment.startAt)}`
  return `${row.label}: ${word}${attempt}${begins}${took}`
}
