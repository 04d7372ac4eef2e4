import { classNames } from '@/components/ui/class-names'
import type { CausationAnswer } from '@/core/protocol'
import { sinceText } from '@/lib/data-store/causation'

export interface CausationListProps {
  readonly answer: CausationAnswer
  readonly selected: number
  readonly onSelect: (position: number) => void
}

/** The graph as text, in the order of the log: each event with the one that led to it. */
export function CausationList({ answer, selected, onSelect }: CausationListProps) {
  const self = answer.events.find(({ position }) => position === answer.position)
  return (
    <ol aria-label="Events in order" className="text-xs">
      {answer.events.map((node) => {
        const current = node.position === selected
        return (
          <li key={node.position} className="border-b border-line last:border-b-0">
            <button
              type="button"
              aria-current={current ? 'true' : undefined}
              onClick={() => onSelect(node.position)}
              className={classNames(
                'grid w-full grid-cols-[3rem_minmax(0,1fr)_auto] gap-x-2 px-3 py-1.5 text-left -outline-offset-2! hover:bg-hover',
                current && 'bg-accent-soft',
              )}
            >
              <span className="data text-muted">#{node.position}</span>
              <span className="min-w-0">
                <span className="block truncate font-medium">{node.title}</span>
                <span className="data block truncate text-muted">
                  {node.streamId} · {node.version}
                </span>
                <span className="block text-muted">
                  {node.causedBy === null ? 'from outside' : `because of #${node.causedBy}`}
                  {node.policy === null ? '' : `, by policy ${node.policy}`}
                </span>
              </span>
              <span className="data text-muted">
                {node === self ? 'this event' : self ? sinceText(node.recordedAt - self.recordedAt) : ''}
              </span>
            </button>
          </li>
        )
      })}
    </ol>
  )
}
