'use client'
import { useEffect, useRef } from 'react'
import { classNames } from '@/components/ui/class-names'
import type { SagaPlan } from '@/core/saga'
import type { ComparedLine } from '@/lib/run-store/compare'
import { describeEvent } from '@/lib/run-store/describe-event'
import type { RunEvent } from '@/lib/run-store/history'

interface CompareEventsProps {
  readonly plans: readonly [SagaPlan, SagaPlan]
  readonly lines: readonly ComparedLine[]
  /** The line at which they part. */
  readonly first: ComparedLine | null
}

/** Both runs event by event; what is the same stands back, and the first difference is in sight. */
export function CompareEvents({ plans, lines, first }: CompareEventsProps) {
  const parting = useRef<HTMLTableRowElement>(null)
  useEffect(() => parting.current?.scrollIntoView({ block: 'center' }), [])
  return (
    // A region that scrolls has to be reached by the keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section aria-label="Events compared" tabIndex={0} className="overflow-auto border-t border-line">
      {/* What is only read out is placed within it: else it makes the whole page as long as the list. */}
      <table className="relative w-full table-fixed text-xs">
        <thead className="sticky top-0 bg-surface text-left text-muted">
          <tr>
            <th scope="col" className="px-2 py-1 font-medium">
              First run
            </th>
            <th scope="col" className="px-2 py-1 font-medium">
              Second run
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr
              key={`${line.left?.seq} ${line.right?.seq}`}
              ref={line === first ? parting : undefined}
              className={classNames(
                line.same ? 'text-muted' : 'bg-soft-unknown',
                line === first && 'font-medium',
              )}
            >
              <Cell plan={plans[0]} entry={line.left} differs={!line.same} />
              <Cell plan={plans[1]} entry={line.right} differing={line.differing} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface CellProps {
  readonly plan: SagaPlan
  readonly entry: RunEvent | null
  readonly differs?: boolean
  readonly differing?: readonly string[]
}

function Cell({ plan, entry, differs = false, differing = [] }: CellProps) {
  const words = entry === null ? '—' : describeEvent(plan, entry.event)
  const other = differing.length === 0 ? '' : `, with other ${differing.join(', ')}`
  return (
    <td className="truncate px-2 py-1" title={`${words}${other}`}>
      <span className="data inline-block w-8">{entry === null ? '' : entry.seq}</span>
      {differs ? <span className="sr-only">differs: </span> : null}
      {words}
      <span className="font-normal text-muted">{other}</span>
    </td>
  )
}
