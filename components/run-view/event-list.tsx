'use client'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { classNames } from '@/components/ui/class-names'
import { stateText } from '@/components/ui/state'
import type { SagaPlan } from '@/core/saga'
import { formatDuration } from '@/lib/run-store/duration'
import { nodeOf, type RunEvent } from '@/lib/run-store/history'
import { nodeName } from '@/lib/run-store/operator'
import { useRun, useRunStore } from '@/lib/run-store/run-provider'
import { isPast, seqShown } from '@/lib/run-store/run-store'
import { EVENT_LOOKS } from './event-look'

const ROW_PX = 26
const optionId = (seq: number) => `run-event-${seq}`

/** Every event of the run. The one chosen is where the cursor stands; what comes after it is faint. */
export function EventList() {
  const store = useRunStore()
  const events = useRun(({ history }) => history.events)
  const plan = useRun(({ history }) => history.plan)
  const seq = useRun(seqShown)
  const past = useRun(isPast)
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: the virtualizer is a new object at every drawing
  useEffect(() => rows.scrollToIndex(seq - 1), [seq])

  const { goTo } = store.getState()
  const onKeyDown = (event: KeyboardEvent) => {
    const to = {
      ArrowUp: seq - 1,
      ArrowDown: seq + 1,
      PageUp: seq - 10,
      PageDown: seq + 10,
      Home: 1,
      End: events.length,
    }[event.key]
    if (to === undefined) return
    event.preventDefault()
    goTo(to)
  }

  return (
    <div
      ref={scroller}
      role="listbox"
      tabIndex={0}
      aria-label="Events"
      aria-activedescendant={events.length > 0 ? optionId(seq) : undefined}
      onKeyDown={onKeyDown}
      className="h-full overflow-auto -outline-offset-2!"
    >
      <div role="presentation" className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const entry = events[index]
          if (!entry) return null
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself takes the keys
            <div
              key={entry.seq}
              id={optionId(entry.seq)}
              role="option"
              tabIndex={-1}
              aria-selected={entry.seq === seq}
              aria-posinset={entry.seq}
              aria-setsize={events.length}
              onClick={() => goTo(entry.seq)}
              style={{ height: ROW_PX, transform: `translateY(${start}px)` }}
              className={classNames(
                'absolute inset-x-0 top-0 flex items-center gap-2 px-2 hover:bg-hover',
                entry.seq === seq && (past ? 'bg-soft-unknown' : 'bg-accent-soft'),
                entry.seq > seq && 'text-subtle',
              )}
            >
              <EventCells entry={entry} before={events[index - 1]} first={events[0]} plan={plan} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

interface EventCellsProps {
  readonly entry: RunEvent
  readonly before: RunEvent | undefined
  readonly first: RunEvent | undefined
  readonly plan: SagaPlan
}

function EventCells({ entry, before, first, plan }: EventCellsProps) {
  const { Icon, family } = EVENT_LOOKS[entry.event.type]
  const node = nodeOf(entry)
  return (
    <>
      <span className="data w-9 shrink-0 text-right text-subtle">{entry.seq}</span>
      <Icon aria-hidden size={14} className={classNames('shrink-0', stateText[family])} />
      <span className="min-w-0 flex-1 truncate text-xs">
        <span className="font-medium">{entry.event.type}</span>
        {node === null ? null : <span className="text-muted"> · {nodeName(plan, node)}</span>}
      </span>
      <span className="data w-16 shrink-0 text-right text-muted">
        +{formatDuration(entry.at - (first?.at ?? entry.at))}
      </span>
      <span className="data w-16 shrink-0 text-right text-subtle">
        Δ {formatDuration(entry.at - (before?.at ?? entry.at))}
      </span>
    </>
  )
}
