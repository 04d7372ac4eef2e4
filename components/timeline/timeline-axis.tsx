import { axisTicks, formatDuration } from '@/lib/run-store/duration'
import type { RunEvent } from '@/lib/run-store/history'
import type { Stretch, TimeScale } from './scale'

/** Room a label needs, px. */
const LABEL_PX = 90

interface TimelineAxisProps {
  readonly scale: TimeScale
  readonly height: number
  readonly events: readonly RunEvent[]
  readonly axisPx: number
}

/** Times since the start, behind a break since the fork, and a tick for every event. */
export function TimelineAxis({ scale, height, events, axisPx }: TimelineAxisProps) {
  return (
    <g>
      {labelsOf(scale).map(({ x, text }) => {
        const isLast = x > scale.width - LABEL_PX / 2
        return (
          <g key={x}>
            <line x1={x} x2={x} y1={axisPx} y2={height} stroke="var(--line)" />
            <text
              x={isLast ? x + 8 : x}
              y={11}
              textAnchor={text.startsWith('+') ? (isLast ? 'end' : 'middle') : 'start'}
              className="fill-subtle text-[11px] tabular-nums"
            >
              {text}
            </text>
          </g>
        )
      })}
      {scale.stretches.slice(1).map((stretch, at) => (
        <AxisBreak key={stretch.from} before={scale.stretches[at]} after={stretch} {...{ height, axisPx }} />
      ))}
      {distinct(events, scale).map((x) => (
        <line key={x} x1={x} x2={x} y1={axisPx - 6} y2={axisPx - 1} stroke="var(--subtle)" />
      ))}
      <line x1={0} x2={scale.width} y1={axisPx - 0.5} y2={axisPx - 0.5} stroke="var(--line)" />
    </g>
  )
}

function labelsOf({ stretches }: TimeScale): readonly { readonly x: number; readonly text: string }[] {
  return stretches.flatMap(({ from, to, x, width }, at) =>
    axisTicks(to - from, Math.max(1, width / LABEL_PX))
      .map((tick) => ({
        x: x + (to === from ? 0 : (tick / (to - from)) * width),
        text: tick === 0 ? (at === 0 ? '0' : 'fork') : `+${formatDuration(tick)}`,
      }))
      // The label of a break begins where the stretch before it ends.
      .filter(
        (label, index) => index === 0 || at === stretches.length - 1 || label.x < x + width - LABEL_PX / 2,
      ),
  )
}

interface AxisBreakProps {
  readonly before: Stretch | undefined
  readonly after: Stretch
  readonly height: number
  readonly axisPx: number
}

/** Time that is left out, and how much. */
function AxisBreak({ before, after, height, axisPx }: AxisBreakProps) {
  if (!before) return null
  const x = before.x + before.width
  return (
    <g>
      <title>{`${formatDuration(after.from - before.to)} left out: nothing happened until it was forked`}</title>
      <rect
        x={x}
        y={axisPx}
        width={after.x - x}
        height={Math.max(0, height - axisPx)}
        fill="var(--line)"
        opacity={0.5}
      />
      <text x={(x + after.x) / 2} y={axisPx - 4} textAnchor="middle" className="fill-subtle text-[11px]">
        ⋯
      </text>
    </g>
  )
}

/** One tick per pixel is all that can be seen, however many events there are. */
function distinct(events: readonly RunEvent[], scale: TimeScale): readonly number[] {
  return [...new Set(events.map(({ at }) => Math.round(scale.x(at)) + 0.5))]
}
