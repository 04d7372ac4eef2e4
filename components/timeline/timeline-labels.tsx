'use client'
import { ChevronRight } from 'lucide-react'
import { classNames } from '@/components/ui/class-names'
import type { NodePath } from '@/core/saga'
import type { TimelineRow } from '@/lib/run-store/timeline-rows'
import { segmentLook } from './segment-look'

const INDENT_PX = 12

interface TimelineLabelsProps {
  readonly rows: readonly TimelineRow[]
  readonly skipped: ReadonlySet<NodePath>
  readonly rowPx: number
  readonly selectedId: string | null
  readonly onSelect: (nodeId: string) => void
  /** Paths whose rows beneath are not shown. */
  readonly folded: ReadonlySet<NodePath>
  readonly onFold: (path: NodePath, isFolded: boolean) => void
}

/** The names of the rows; each chooses its step. What a row runs is folded up beside its name, or with the arrow keys. */
export function TimelineLabels(props: TimelineLabelsProps) {
  const { rows, skipped, rowPx, selectedId, onSelect, folded, onFold } = props
  const nested = rows.some(({ opens }) => opens)
  return (
    <ul aria-label="Steps of the timeline">
      {rows.map((row) => (
        <li
          key={row.key}
          style={{ height: rowPx, paddingLeft: row.depth * INDENT_PX }}
          className="flex items-center"
        >
          {row.opens ? (
            <button
              type="button"
              aria-expanded={!folded.has(row.nodeId)}
              aria-label={`What ${row.label} runs`}
              onClick={() => onFold(row.nodeId, !folded.has(row.nodeId))}
              className="shrink-0 rounded-sm text-subtle hover:bg-hover"
            >
              <ChevronRight aria-hidden size={14} className={folded.has(row.nodeId) ? '' : 'rotate-90'} />
            </button>
          ) : (
            <span aria-hidden className={nested ? 'w-3.5 shrink-0' : ''} />
          )}
          <button
            type="button"
            aria-label={`${row.label}, ${saidOf(row, skipped)}`}
            aria-pressed={row.nodeId === selectedId}
            onClick={() => onSelect(row.nodeId)}
            onKeyDown={(event) => {
              if (!row.opens || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return
              event.preventDefault()
              onFold(row.nodeId, event.key === 'ArrowLeft')
            }}
            className={classNames(
              'flex h-full min-w-0 flex-1 items-center gap-1 truncate rounded-sm px-2 text-left text-xs -outline-offset-2! hover:bg-hover aria-pressed:bg-accent-soft',
              row.phase === 'compensation' && 'pl-5 text-state-compensating',
              row.segments.length === 0 && 'text-subtle',
            )}
          >
            {row.phase === 'compensation' ? <span aria-hidden>↶</span> : null}
            <span className="truncate">{row.label}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function saidOf({ nodeId, segments, phase }: TimelineRow, skipped: ReadonlySet<NodePath>): string {
  const last = segments.at(-1)
  if (!last) return skipped.has(nodeId) ? 'skipped' : 'pending'
  const attempts = segments.filter(({ outcome }) => outcome !== 'backoff' && outcome !== 'waiting').length
  const { word } = segmentLook(phase, last.outcome)
  return attempts > 1 ? `${word}, ${attempts} attempts` : word
}
