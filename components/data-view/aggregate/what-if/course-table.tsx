'use client'
import { Equal, GitBranch } from 'lucide-react'
import { Fragment, useState } from 'react'
import { Button } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { JsonView } from '@/components/ui/json-view'
import type { CoursesCompared } from '@/core/travel'
import type { CourseEvent } from '@/lib/preview/what-if'

/** A long course comes a page at a time. */
const PAGE = 50

/** Two courses of one stream, event beside event; the place where they part is marked. */
export function CourseTable({ courses }: { readonly courses: CoursesCompared<CourseEvent, CourseEvent> }) {
  const [shown, setShown] = useState(PAGE)
  const [open, setOpen] = useState<number | null>(null)
  const { places, divergesAt } = courses
  return (
    <div className="overflow-hidden rounded-md border border-line bg-surface">
      <table aria-label="What happened and what if" className="w-full table-fixed text-sm">
        <thead className="border-b border-line text-left text-xs text-muted">
          <tr>
            <th scope="col" className="w-28 px-3 py-1.5 font-medium">
              Version
            </th>
            <th scope="col" className="px-3 py-1.5 font-medium">
              What happened
            </th>
            <th scope="col" className="px-3 py-1.5 font-medium">
              What if
            </th>
          </tr>
        </thead>
        <tbody>
          {places.slice(0, shown).map((place, at) => {
            const version = place.happened?.version ?? place.supposed?.version ?? at
            const parts = at === divergesAt
            return (
              <Fragment key={version}>
                <tr
                  data-diverges={parts ? 'true' : undefined}
                  className={classNames(
                    'border-b border-line align-top',
                    parts && 'border-t-2 border-t-state-unknown',
                  )}
                >
                  <th scope="row" className="px-3 py-1.5 text-left font-normal">
                    <button
                      type="button"
                      aria-expanded={open === at}
                      onClick={() => setOpen(open === at ? null : at)}
                      className="data rounded-sm text-accent underline"
                    >
                      {version}
                      <span className="sr-only">, states after it</span>
                    </button>
                    {parts ? (
                      <span className="flex items-center gap-1 text-xs font-medium text-state-unknown">
                        <GitBranch aria-hidden size={12} />
                        Diverges here
                      </span>
                    ) : null}
                    {place.same ? (
                      <span className="flex items-center gap-1 text-xs text-subtle">
                        <Equal aria-hidden size={12} />
                        Same
                      </span>
                    ) : null}
                  </th>
                  <Cell event={place.happened} none="Nothing more" />
                  <Cell event={place.supposed} none="Nothing more" />
                </tr>
                {open === at ? (
                  <tr className="border-b border-line align-top">
                    <th scope="row" className="px-3 py-2 text-left text-xs font-normal text-muted">
                      State after it
                    </th>
                    <StateCell event={place.happened} other={null} label={`State that was at ${version}`} />
                    <StateCell
                      event={place.supposed}
                      other={place.happened}
                      label={`State that would be at ${version}`}
                    />
                  </tr>
                ) : null}
              </Fragment>
            )
          })}
        </tbody>
      </table>
      {places.length <= shown ? null : (
        <div className="p-2">
          <Button size="sm" onClick={() => setShown(shown + PAGE)}>
            {Math.min(PAGE, places.length - shown)} more of {places.length}
          </Button>
        </div>
      )}
    </div>
  )
}

function Cell({ event, none }: { readonly event: CourseEvent | null; readonly none: string }) {
  if (event === null) return <td className="px-3 py-1.5 text-xs text-subtle">{none}</td>
  return (
    <td className="px-3 py-1.5">
      <span className="block font-medium break-words">{event.type}</span>
      <code className="data line-clamp-3 break-words text-muted">{JSON.stringify(event.data)}</code>
    </td>
  )
}

function StateCell(props: {
  readonly event: CourseEvent | null
  readonly other: CourseEvent | null
  readonly label: string
}) {
  const { event, other, label } = props
  return (
    <td className="px-3 py-2">
      {event === null ? null : (
        <JsonView
          value={event.state}
          {...(other === null ? {} : { previous: other.state })}
          ariaLabel={label}
        />
      )}
    </td>
  )
}
