'use client'
import { memo } from 'react'
import { classNames } from '@/components/ui/class-names'
import type { EventAnswer } from '@/core/protocol'

export const optionId = (row: number): string => `log-row-${row}`

/** Enough for the widest screen; the whole is in the detail. */
const DATA_CHARS = 240
const clock = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
})

export interface LogRowProps {
  readonly row: number
  readonly rows: number
  /** Undefined until it has been read. */
  readonly event: EventAnswer | undefined
  readonly chosen: boolean
  readonly topPx: number
  readonly heightPx: number
  readonly onChoose: (row: number) => void
  readonly onOpen: () => void
}

/** One event: where, when, which stream, what, and the beginning of its data. */
export const LogRow = memo(function LogRow(props: LogRowProps) {
  const { row, rows, event, chosen, topPx, heightPx, onChoose, onOpen } = props
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself takes the keys
    <div
      id={optionId(row)}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      aria-posinset={row + 1}
      aria-setsize={rows}
      aria-busy={event === undefined}
      onClick={() => onChoose(row)}
      onDoubleClick={onOpen}
      style={{ height: heightPx, transform: `translateY(${topPx}px)` }}
      className={classNames(
        'absolute inset-x-0 top-0 flex items-center gap-3 border-b border-line px-3 hover:bg-hover',
        chosen && 'bg-accent-soft',
      )}
    >
      {event === undefined ? <span className="data text-subtle">reading…</span> : <Cells event={event} />}
    </div>
  )
})

const Cells = memo(function Cells({ event }: { readonly event: EventAnswer }) {
  const { position, recordedAt, type, streamId, version, data } = event
  return (
    <>
      <span className="data w-20 shrink-0 text-right text-subtle max-sm:hidden">{position}</span>
      <time
        dateTime={new Date(recordedAt).toISOString()}
        className="data w-40 shrink-0 text-muted max-md:hidden"
      >
        {clock.format(recordedAt)}
      </time>
      <span className="w-48 min-w-0 shrink-0 truncate text-sm font-medium max-sm:w-auto max-sm:flex-1">
        {type}
      </span>
      <span className="data w-56 min-w-0 shrink truncate text-muted" title={streamId}>
        {streamId}
        <span className="text-subtle"> · {version}</span>
      </span>
      <span className="data min-w-0 flex-1 truncate text-subtle max-lg:hidden">
        {JSON.stringify(data).slice(0, DATA_CHARS)}
      </span>
    </>
  )
})
