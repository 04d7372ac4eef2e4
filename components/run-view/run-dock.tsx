'use client'
import { Braces, ChartGantt, List, Waypoints } from 'lucide-react'
import { useMemo } from 'react'
import { Timeline } from '@/components/timeline/timeline'
import { TracePanel } from '@/components/trace/trace-panel'
import { Tabs } from '@/components/ui/tabs'
import { headOf } from '@/lib/run-store/history'
import { useRun, useRunStore } from '@/lib/run-store/run-provider'
import { isPast, seqShown, stateNow } from '@/lib/run-store/run-store'
import { viewOf } from '@/lib/run-store/view'
import { DataPanel } from './data-panel'
import { EventDetail } from './event-detail'
import { EventList } from './event-list'

/** Bottom dock: the same run as bars over time, as a list, as data, as a trace. */
export function RunDock() {
  const count = useRun(({ history }) => headOf(history))
  return (
    <Tabs
      fill
      ariaLabel="About the run"
      tabs={[
        { value: 'timeline', label: 'Timeline', icon: <ChartGantt aria-hidden />, content: <RunTimeline /> },
        { value: 'events', label: 'Events', count, icon: <List aria-hidden />, content: <RunEvents /> },
        { value: 'data', label: 'Data', icon: <Braces aria-hidden />, content: <DataPanel /> },
        { value: 'trace', label: 'Trace', icon: <Waypoints aria-hidden />, content: <TracePanel /> },
      ]}
    />
  )
}

function RunTimeline() {
  const store = useRunStore()
  const history = useRun((run) => run.history)
  const seq = useRun(seqShown)
  const past = useRun(isPast)
  const selectedId = useRun((run) => run.selectedId)
  const status = useRun((run) => stateNow(run).status)
  const mode = useRun((run) => stateNow(run).mode)
  const view = useRun((run) => viewOf(run.history.plan, stateNow(run)))
  const skipped = useMemo(
    () => new Set(Object.keys(view.nodes).filter((path) => view.nodes[path]?.status === 'skipped')),
    [view],
  )
  const { goTo, select } = store.getState()
  return (
    <Timeline
      plan={history.plan}
      events={history.events}
      seq={seq}
      past={past}
      moving={mode === 'live' && !past && (status === 'running' || status === 'compensating')}
      virtual={mode !== 'live'}
      skipped={skipped}
      selectedId={selectedId}
      onSelect={select}
      onCursor={goTo}
    />
  )
}

function RunEvents() {
  return (
    <div className="grid h-full min-h-0 grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <EventList />
      <div className="min-h-0 border-l border-line">
        <EventDetail />
      </div>
    </div>
  )
}
