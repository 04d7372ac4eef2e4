'use client'
import { ArrowDownToLine } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { boxPx } from '@/lib/log-store/long-scroll'
import { useLog, useLogStore } from './log-context'
import { LogRow, optionId } from './log-row'
import { useLongScroll } from './use-long-scroll'

const ROW_PX = 28

/** Every row of the list, oldest first. At its end it stays there as it grows, until somebody scrolls up. */
export function LogList({ onOpen }: { readonly onOpen: () => void }) {
  const store = useLogStore()
  const rows = useLog((state) => state.rows)
  const cursor = useLog((state) => state.cursor)
  const following = useLog((state) => state.following)
  // What is found first stays where it is until all of it is found.
  const searching = useLog((state) => state.searched !== null && state.searched < 1)
  // What `eventAt` gives has changed.
  useLog((state) => state.drawn)
  const scroller = useRef<HTMLDivElement>(null)
  const { choose, follow, show, eventAt } = store.getState()
  const scroll = useLongScroll(scroller, rows, ROW_PX, (atEnd) => {
    if (atEnd !== store.getState().following) {
      if (atEnd && store.getState().cursor === null) follow(true)
      if (!atEnd) follow(false)
    }
  })
  const { from, to, place, size } = scroll

  useEffect(() => {
    if (size.viewPx > 0) show(from, to)
  }, [show, from, to, size.viewPx])
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what moves the list, the functions are new each time
  useEffect(() => {
    if (following && searching) return
    if (following) scroll.toEnd()
    else if (cursor !== null) scroll.reveal(cursor)
  }, [following, searching, cursor, following ? rows : null, size.viewPx])

  const onKeyDown = (event: KeyboardEvent) => {
    const at = cursor ?? rows
    const page = Math.max(1, Math.floor(size.viewPx / ROW_PX) - 1)
    const wanted = {
      ArrowUp: at - 1,
      ArrowDown: at + 1,
      PageUp: at - page,
      PageDown: at + page,
      Home: 0,
      End: rows - 1,
    }[event.key]
    if (wanted !== undefined) choose(wanted)
    else if (event.key === 'Enter' && cursor !== null) onOpen()
    else if (event.key === 'Escape' && cursor !== null) choose(null)
    else return
    event.preventDefault()
  }

  const drawn = Array.from({ length: Math.max(0, to - from + 1) }, (_, offset) => from + offset)
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        role="listbox"
        tabIndex={0}
        aria-label="Events of the log"
        aria-activedescendant={
          cursor !== null && cursor >= from && cursor <= to ? optionId(cursor) : undefined
        }
        onKeyDown={onKeyDown}
        onScroll={scroll.onScroll}
        className="absolute inset-0 overflow-y-scroll -outline-offset-2!"
      >
        <div role="presentation" className="relative" style={{ height: boxPx(size) }}>
          {drawn.map((row) => (
            <LogRow
              key={row}
              row={row}
              rows={rows}
              event={eventAt(row)}
              chosen={row === cursor}
              topPx={row * ROW_PX - place.shown + place.bar}
              heightPx={ROW_PX}
              onChoose={choose}
              onOpen={onOpen}
            />
          ))}
        </div>
      </div>
      {following || rows === 0 ? null : (
        <Button
          size="sm"
          className="floats absolute right-6 bottom-3"
          icon={<ArrowDownToLine aria-hidden size={14} />}
          onClick={() => follow(true)}
        >
          Follow the end
        </Button>
      )}
    </div>
  )
}
