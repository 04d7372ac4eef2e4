import { axisTicks, formatDuration } from '@/lib/run-store/duration'
import type { RunEvent } from '@/lib/run-store/history'
import type { TimeScale } from './scale'

/** Room a label needs, px. */
const LABEL_PX = 90

interface TimelineAxisProps {
  readonly scale: TimeScale
  readonly height: number
  readonly events: readonly RunEvent[]
  readonly axisPx: number
}

/** Times since the start, and a tick for every event. */
export function TimelineAxis({ scale, height, events, axisPx }: TimelineAxisProps) {
  const ticks = axisTicks(scale.to - scale.from, Math.max(2, scale.width / LABEL_PX))
  return (
    <g>
      {ticks.map((tick) => {
        const x = scale.x(scale.from + tick)
        const isLast = x > scale.width - LABEL_PX / 2
        return (
          <g key={tick}>
            <line x1={x} x2={x} y1={axisPx} y2={height} stroke="var(--line)" />
            <text
              x={isLast ? x + 8 : x}
              y={11}
              textAnchor={tick === 0 ? 'start' : isLast ? 'end' : 'middle'}
              className="fill-subtle text-[11px] tabular-nums"
            >
              {tick === 0 ? '0' : `+${formatDuration(tick)}`}
            </text>
          </g>
        )
      })}
      {distinct(events, scale).map((x) => (
        <line key={x} x1={x} x2={x} y1={axisPx - 6} y2={axisPx - 1} stroke="var(--subtle)" />
      ))}
      <line x1={0} x2={scale.width} y1={axisPx - 0.5} y2={axisPx - 0.5} stroke="var(--line)" />
    </g>
  )
}

/** One tick per pixel is all that can be seen, however many events there are. */
function distinct(events: readonly RunEvent[], scale: TimeScale): readonly number[] {
  return [...new Set(events.map(({ at }) => Math.round(scale.x(at)) + 0.5))]
}
