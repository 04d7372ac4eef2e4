'use client'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { classNames } from '@/components/ui/class-names'
import { EmptyState } from '@/components/ui/empty-state'
import { versionShown } from '@/lib/data-store/stream-store'
import { When } from '../when'
import { useStream, useStreamStore } from './stream-context'

const ROW_PX = 44

/** The stream, oldest first. Choosing an event goes to the state right after it. */
export function EventList() {
  const store = useStreamStore()
  const events = useStream((state) => state.events)
  const version = useStream(versionShown)
  const ready = useStream((state) => state.status === 'ready')
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
  })
  useEffect(() => {
    if (version > 0) rows.scrollToIndex(version - 1, { align: 'auto' })
  }, [version, rows])
  if (ready && events.length === 0) {
    return (
      <EmptyState
        compact
        title="No events yet"
        description="Send it its first command: what it decides is recorded here."
      />
    )
  }
  return (
    <div ref={scroller} className="h-full overflow-y-auto">
      <ol aria-label="Events" className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const event = events[index]
          if (event === undefined) return null
          const current = event.version === version
          const future = event.version > version
          return (
            <li key={event.version} className="absolute inset-x-0" style={{ top: start, height: ROW_PX }}>
              <button
                type="button"
                aria-current={current ? 'true' : undefined}
                onClick={() => store.getState().goTo(event.version)}
                className={classNames(
                  'flex h-full w-full items-center gap-2 border-b border-line px-3 text-left -outline-offset-2! hover:bg-hover',
                  current && 'bg-accent-soft',
                )}
              >
                <span className="data w-7 shrink-0 text-right text-subtle">{event.version}</span>
                <span className="min-w-0 flex-1">
                  <span
                    className={classNames('block truncate text-sm', future ? 'text-subtle' : 'font-medium')}
                  >
                    {event.type}
                    {future ? <span className="sr-only"> (later than the version shown)</span> : null}
                  </span>
                  <span className="data block text-subtle">
                    <When at={event.recordedAt} />
                  </span>
                </span>
              </button>
            </li>
          )
        })}
      </ol>
    </div>
  )
}
