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
  /** Number of the event at which they part. */
  readonly first: number | null
}

/** Both runs event by event; what is the same stands back, and the first difference is in sight. */
export function CompareEvents({ plans, lines, first }: CompareEventsProps) {
  const parting = useRef<HTMLTableRowElement>(null)
  useEffect(() => parting.current?.scrollIntoView({ block: 'center' }), [])
  return (
    // A region that scrolls has to be reached by the keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section aria-label="Events compared" tabIndex={0} className="overflow-auto border-t border-line">
      <table className="w-full table-fixed text-xs">
        <thead className="sticky top-0 bg-surface text-left text-muted">
          <tr>
            <th scope="col" className="w-10 px-2 py-1 font-medium">
              #
            </th>
            <th scope="col" className="px-2 py-1 font-medium">
              First run
            </th>
            <th scope="col" className="px-2 py-1 font-medium">
              Second run
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ seq, left, right, same }) => (
            <tr
              key={seq}
              ref={seq === first ? parting : undefined}
              className={classNames(same ? 'text-muted' : 'bg-soft-unknown', seq === first && 'font-medium')}
            >
              <td className="data px-2 py-1">
                {seq}
                {same ? null : <span className="sr-only"> differs</span>}
              </td>
              <Cell plan={plans[0]} entry={left} />
              <Cell plan={plans[1]} entry={right} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Cell({ plan, entry }: { readonly plan: SagaPlan; readonly entry: RunEvent | null }) {
  return <td className="truncate px-2 py-1">{entry === null ? '—' : describeEvent(plan, entry.event)}</td>
}
