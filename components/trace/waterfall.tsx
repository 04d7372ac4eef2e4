'use client'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useId, useRef } from 'react'
import type { TimeScale } from '@/components/timeline/scale'
import { TimelineAxis } from '@/components/timeline/timeline-axis'
import { classNames } from '@/components/ui/class-names'
import type { SagaPlan } from '@/core/saga'
import type { RunEvent } from '@/lib/run-store/history'
import type { TraceRow } from '@/lib/run-store/trace-rows'
import { saidOf, TRACE_COLUMNS, TraceLine } from './trace-row'

const ROW_PX = 24
const AXIS_PX = 24

interface WaterfallProps {
  readonly plan: SagaPlan
  readonly events: readonly RunEvent[]
  readonly rows: readonly TraceRow[]
  readonly scale: TimeScale
  readonly plot: React.Ref<HTMLDivElement>
  /** Epoch ms at the cursor. */
  readonly at: number
  readonly past: boolean
  readonly selectedId: string | null
  readonly onSelect: (row: TraceRow) => void
}

/** Every span of the run over its time, each beneath the one it stands in. To choose one is to go to where it begins. */
export function Waterfall(props: WaterfallProps) {
  const { plan, events, rows, scale, at, past, selectedId, onSelect } = props
  const listId = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    scrollMargin: AXIS_PX,
    scrollPaddingStart: AXIS_PX,
    overscan: 12,
  })
  const selected = rows.findIndex(({ span }) => span.spanId === selectedId)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the virtualizer is a new object at every drawing
  useEffect(() => {
    if (selected >= 0) virtual.scrollToIndex(selected)
  }, [selected])

  const onKeyDown = (event: KeyboardEvent) => {
    const to = {
      ArrowUp: selected - 1,
      ArrowDown: selected + 1,
      PageUp: selected - 10,
      PageDown: selected + 10,
      Home: 0,
      End: rows.length - 1,
      Enter: selected,
      ' ': selected,
    }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const row = rows[Math.min(Math.max(to, 0), rows.length - 1)]
    if (row) onSelect(row)
  }

  return (
    <div
      ref={scroller}
      role="tree"
      tabIndex={0}
      aria-label="Spans of the trace"
      aria-activedescendant={selected < 0 ? undefined : `${listId}-${selected}`}
      onKeyDown={onKeyDown}
      className="h-full overflow-auto -outline-offset-2!"
    >
      <div role="presentation" className={classNames(TRACE_COLUMNS, 'sticky top-0 z-10 bg-surface')}>
        <span />
        <div ref={props.plot} role="presentation">
          <svg aria-hidden width="100%" height={AXIS_PX} className="block overflow-visible">
            <TimelineAxis scale={scale} height={AXIS_PX} events={events} axisPx={AXIS_PX} />
          </svg>
        </div>
      </div>
      <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]
          if (!row) return null
          const isSelected = index === selected
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree itself takes the keys
            <div
              key={row.span.spanId}
              id={`${listId}-${index}`}
              role="treeitem"
              tabIndex={-1}
              aria-label={saidOf(plan, row, scale.from)}
              aria-level={row.depth + 1}
              aria-selected={isSelected}
              onClick={() => onSelect(row)}
              style={{ height: ROW_PX, transform: `translateY(${start - AXIS_PX}px)` }}
              className={classNames(
                TRACE_COLUMNS,
                'absolute inset-x-0 top-0 items-stretch hover:bg-hover',
                isSelected && (past ? 'bg-soft-unknown' : 'bg-accent-soft'),
                row.shown === null && 'text-subtle',
              )}
            >
              <TraceLine row={row} plan={plan} scale={scale} until={at} />
            </div>
          )
        })}
        <div aria-hidden className={classNames(TRACE_COLUMNS, 'pointer-events-none absolute inset-0')}>
          <span />
          <span className="relative">
            <span
              className={classNames('absolute inset-y-0 w-px', past ? 'bg-state-unknown' : 'bg-accent')}
              style={{ left: scale.x(at) }}
            />
          </span>
        </div>
      </div>
    </div>
  )
}
