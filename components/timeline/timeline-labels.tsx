'use client'
import { classNames } from '@/components/ui/class-names'
import type { TimelineRow } from '@/lib/run-store/timeline-rows'
import { segmentLook } from './segment-look'

interface TimelineLabelsProps {
  readonly rows: readonly TimelineRow[]
  readonly rowPx: number
  readonly selectedId: string | null
  readonly onSelect: (nodeId: string) => void
}

/** The names of the rows; each chooses its step. */
export function TimelineLabels({ rows, rowPx, selectedId, onSelect }: TimelineLabelsProps) {
  return (
    <ul aria-label="Steps of the timeline">
      {rows.map((row) => (
        <li key={row.key} style={{ height: rowPx }} className="flex">
          <button
            type="button"
            aria-label={`${row.label}, ${saidOf(row)}`}
            aria-pressed={row.nodeId === selectedId}
            onClick={() => onSelect(row.nodeId)}
            style={row.depth > 0 ? { paddingLeft: 8 + row.depth * 12 } : undefined}
            className={classNames(
              'flex min-w-0 flex-1 items-center gap-1 truncate rounded-sm px-2 text-left text-xs -outline-offset-2! hover:bg-hover aria-pressed:bg-accent-soft',
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

function saidOf({ segments, phase }: TimelineRow): string {
  const last = segments.at(-1)
  if (!last) return 'pending'
  const attempts = segments.filter(({ outcome }) => outcome !== 'backoff' && outcome !== 'waiting').length
  const { word } = segmentLook(phase, last.outcome)
  return attempts > 1 ? `${word}, ${attempts} attempts` : word
}
