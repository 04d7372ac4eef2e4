'use client'
import { useMemo, useState } from 'react'
import { timeScale } from '@/components/timeline/scale'
import { useRunClock } from '@/components/timeline/use-run-clock'
import { useWidth } from '@/components/timeline/use-width'
import { EmptyState } from '@/components/ui/empty-state'
import { isTerminal } from '@/core/saga'
import { traceIdOf } from '@/core/trace'
import { useRun, useRunStore } from '@/lib/run-store/run-provider'
import { isPast, seqShown, stateNow } from '@/lib/run-store/run-store'
import { rowAt, type TraceRow, traceRows } from '@/lib/run-store/trace-rows'
import { CopyId } from './copy-id'
import { SpanDetail } from './span-detail'
import { Waterfall } from './waterfall'

/** The run as a trace: the spans that a tracing tool is sent, folded from its events by the same code. */
export function TracePanel() {
  const begun = useRun(({ history }) => history.events.length > 0)
  if (begun) return <Trace />
  return <EmptyState compact title="No trace yet" description="It begins with the run's first event." />
}

function Trace() {
  const store = useRunStore()
  const run = useRun((one) => one.run)
  const { plan, events } = useRun(({ history }) => history)
  const seq = useRun(seqShown)
  const past = useRun(isPast)
  const moving = useRun((one) => {
    const { mode, status } = stateNow(one)
    return mode === 'live' && !isPast(one) && !isTerminal(status) && status !== 'suspended'
  })
  const rows = useMemo(
    () => traceRows({ runId: run.id, designId: run.designId }, events, seq),
    [run, events, seq],
  )
  const [plot, width] = useWidth<HTMLDivElement>()
  const now = useRunClock(events.at(-1)?.at ?? 0, moving)
  // Where the cursor was put by a choice here, that choice stands; where it was put by others, it is the event's.
  const [chosen, setChosen] = useState<{ readonly spanId: string; readonly seq: number } | null>(null)
  const held = rows.find(({ span }) => span.spanId === chosen?.spanId)
  const selected = held && chosen?.seq === seq ? held : rowAt(rows, seq)
  if (!selected) return null
  const scale = timeScale(events, now, width)
  const { goTo } = store.getState()
  const choose = (row: TraceRow): void => {
    setChosen({ spanId: row.span.spanId, seq: row.span.startSeq })
    goTo(row.span.startSeq)
  }
  const at = past ? (events[seq - 1]?.at ?? scale.from) : scale.to
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex h-8 shrink-0 items-center gap-2 border-line border-b px-3 text-xs">
        <span className="text-muted">Trace</span>
        <CopyId id={traceIdOf(run.id)} what="Trace id" />
        <span className="ml-auto whitespace-nowrap text-subtle">
          {rows.length} {rows.length === 1 ? 'span' : 'spans'}
        </span>
      </div>
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,5fr)_minmax(0,2fr)]">
        <Waterfall
          {...{ plan, events, rows, scale, plot, at, past }}
          selectedId={selected.span.spanId}
          onSelect={choose}
        />
        <div className="min-h-0 border-line border-l">
          <SpanDetail
            {...{ plan, rows }}
            designId={run.designId}
            span={selected.shown ?? selected.span}
            from={scale.from}
            onCursor={goTo}
            onSpan={choose}
          />
        </div>
      </div>
    </div>
  )
}
