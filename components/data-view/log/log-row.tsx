'use client'
import { memo } from 'react'
import { classNames } from '@/components/ui/class-names'
import type { EventAnswer } from '@/core/protocol'
import { formatMomentMs } from '@/lib/moment'

export const optionId = (row: number): string => `log-row-${row}`

/** Enough for the widest screen; the whole is in the detail. */
const DATA_CHARS = 240

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
        'absolute inset-x-0 top-0 border-b border-line hover:bg-hover',
        ROW_CLASS,
        chosen && 'bg-accent-soft',
      )}
    >
      {event === undefined ? <span className="data text-subtle">reading…</span> : <Cells event={event} />}
    </div>
  )
})

const ROW_CLASS = 'flex items-center gap-3 px-3'
/** What is left out on narrow screens, and how wide the rest is; of the rows, and of what stands above them. */
const COLUMN_CLASS = {
  position: 'w-20 shrink-0 text-right max-sm:hidden',
  time: 'w-40 shrink-0 max-md:hidden',
  type: 'w-48 min-w-0 shrink-0 truncate max-sm:w-auto max-sm:flex-1',
  stream: 'w-56 min-w-0 shrink truncate',
  data: 'min-w-0 flex-1 truncate max-lg:hidden',
} as const

/** What the columns are, for the eye: a row that is read out says it all by itself. */
export function LogColumns() {
  return (
    <div
      aria-hidden
      className={classNames(
        'h-6 shrink-0 overflow-y-scroll border-b border-line bg-surface text-muted text-xs [scrollbar-color:transparent_transparent]',
        ROW_CLASS,
      )}
    >
      <span className={COLUMN_CLASS.position}>Position</span>
      <span className={COLUMN_CLASS.time}>Time</span>
      <span className={COLUMN_CLASS.type}>Type</span>
      <span className={COLUMN_CLASS.stream}>Stream · version</span>
      <span className={COLUMN_CLASS.data}>Data</span>
    </div>
  )
}

const Cells = memo(function Cells({ event }: { readonly event: EventAnswer }) {
  const { position, recordedAt, type, streamId, version, data } = event
  return (
    <>
      <span className={classNames('data text-subtle', COLUMN_CLASS.position)}>{position}</span>
      <time
        dateTime={new Date(recordedAt).toISOString()}
        className={classNames('data text-muted', COLUMN_CLASS.time)}
      >
        {formatMomentMs(recordedAt)}
      </time>
      <span className={classNames('text-sm font-medium', COLUMN_CLASS.type)}>{type}</span>
      <span className={classNames('data text-muted', COLUMN_CLASS.stream)} title={streamId}>
        {streamId}
        <span className="text-subtle"> · {version}</span>
      </span>
      <span className={classNames('data text-subtle', COLUMN_CLASS.data)}>
        {JSON.stringify(data).slice(0, DATA_CHARS)}
      </span>
    </>
  )
})
