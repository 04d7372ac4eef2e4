'use client'
import { type KeyboardEvent, type PointerEvent, useId, useMemo, useState } from 'react'
import type { NodePath, SagaPlan } from '@/core/saga'
import type { RunEvent } from '@/lib/run-store/history'
import { seqAtTime, timelineRows, unfoldedRows } from '@/lib/run-store/timeline-rows'
import { sinceWords, timeScale } from './scale'
import { TimelineAxis } from './timeline-axis'
import { TimelineLabels } from './timeline-labels'
import { TimelineSegment } from './timeline-segment'
import { useRunClock } from './use-run-clock'
import { useWidth } from './use-width'

const ROW_PX = 22
const AXIS_PX = 24

export interface TimelineProps {
  readonly plan: SagaPlan
  /** The whole run; what lies behind the cursor is veiled. */
  readonly events: readonly RunEvent[]
  /** Number of the event shown. */
  readonly seq: number
  readonly past: boolean
  /** The wall's clock drives it and it has not ended. */
  readonly moving: boolean
  readonly virtual: boolean
  /** Nodes the run has gone past without an event of their own: the branches it did not take. */
  readonly skipped: ReadonlySet<NodePath>
  readonly selectedId: string | null
  readonly onSelect: (nodeId: string) => void
  readonly onCursor: (seq: number) => void
}

/** One bar for each step and each compensation over the time of the run, with the cursor across them. */
export function Timeline(props: TimelineProps) {
  const { plan, events, seq, past } = props
  const hatchId = useId()
  const [plot, width] = useWidth<HTMLDivElement>()
  const all = useMemo(() => timelineRows(plan, events), [plan, events])
  const [folded, setFolded] = useState<ReadonlySet<NodePath>>(new Set())
  const rows = useMemo(() => unfoldedRows(all, folded), [all, folded])
  const fold = (path: NodePath, isFolded: boolean): void =>
    setFolded((before) => {
      const next = new Set(before)
      if (isFolded) next.add(path)
      else next.delete(path)
      return next
    })
  const now = useRunClock(events.at(-1)?.at ?? 0, props.moving)
  const scale = timeScale(events, now, width)
  const height = AXIS_PX + rows.length * ROW_PX + 4
  const shown = events[seq - 1]
  const cursorX = scale.x(past ? (shown?.at ?? scale.from) : scale.to)

  const toPointer = (event: PointerEvent<HTMLDivElement>) => {
    const { left } = event.currentTarget.getBoundingClientRect()
    props.onCursor(seqAtTime(events, scale.at(event.clientX - left)))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const to = {
      ArrowLeft: seq - 1,
      ArrowRight: seq + 1,
      PageUp: seq - 10,
      PageDown: seq + 10,
      Home: 1,
      End: events.length,
    }[event.key]
    if (to === undefined) return
    event.preventDefault()
    props.onCursor(to)
  }

  return (
    <div className="grid grid-cols-[minmax(96px,180px)_minmax(0,1fr)] pr-2">
      <div>
        <div style={{ height: AXIS_PX }} className="flex items-center px-2 text-xs text-subtle">
          {props.virtual ? 'Virtual time' : 'Time'}
        </div>
        <TimelineLabels
          rows={rows}
          skipped={props.skipped}
          rowPx={ROW_PX}
          selectedId={props.selectedId}
          onSelect={props.onSelect}
          folded={folded}
          onFold={fold}
        />
      </div>
      <div
        ref={plot}
        role="slider"
        tabIndex={0}
        aria-label="Timeline cursor"
        aria-valuemin={1}
        aria-valuemax={Math.max(1, events.length)}
        aria-valuenow={seq}
        aria-valuetext={`event ${seq} of ${events.length}, ${sinceWords(scale, shown?.at ?? scale.from)}`}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          toPointer(event)
        }}
        onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && toPointer(event)}
        className="touch-none rounded-sm"
      >
        <svg aria-hidden width="100%" height={height} className="block select-none overflow-visible">
          <defs>
            <pattern
              id={hatchId}
              width="6"
              height="6"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <rect width="6" height="6" fill="var(--surface)" />
              <line x1="0" x2="0" y1="0" y2="6" stroke="var(--state-compensating)" strokeWidth="3" />
            </pattern>
          </defs>
          <TimelineAxis scale={scale} height={height} events={events} axisPx={AXIS_PX} />
          {rows.map((row, index) => {
            const y = AXIS_PX + index * ROW_PX + ROW_PX / 2
            if (row.segments.length === 0) {
              return (
                <text
                  key={row.key}
                  x={10}
                  y={y}
                  dominantBaseline="central"
                  className="fill-subtle text-[11px]"
                >
                  {props.skipped.has(row.nodeId) ? 'skipped' : 'pending'}
                </text>
              )
            }
            return row.segments.map((segment) => (
              <TimelineSegment
                key={`${row.key} ${segment.startSeq} ${segment.outcome}`}
                {...{ row, segment, scale, y, hatchId }}
              />
            ))
          })}
          {past ? (
            <rect
              x={cursorX}
              y={AXIS_PX}
              width={Math.max(0, scale.width - cursorX)}
              height={height}
              fill="var(--surface)"
              opacity={0.72}
            />
          ) : null}
          <line
            x1={cursorX}
            x2={cursorX}
            y1={12}
            y2={height}
            stroke={past ? 'var(--state-unknown)' : 'var(--accent)'}
            strokeWidth={1.5}
          />
          <path d={`M${cursorX - 5} 13h10l-5 7z`} fill={past ? 'var(--state-unknown)' : 'var(--accent)'} />
        </svg>
      </div>
    </div>
  )
}
