'use client'
import { FlaskConical, GitBranch } from 'lucide-react'
import { FaultText } from '@/components/model-editor/preview/preview-frame'
import { Button } from '@/components/ui/button'
import { JsonView } from '@/components/ui/json-view'
import { Spinner } from '@/components/ui/spinner'
import type { WhatIfOutcome } from '@/lib/preview/what-if'
import type { InstanceId } from '../stream-context'
import { CourseTable } from './course-table'
import { SaveAsScenario } from './save-as-scenario'
import { useWhatIf } from './what-if-context'

/** What would have come beside what came, from the version both begin at. */
export function WhatIfCompare({ instance }: { readonly instance: InstanceId }) {
  const { session, outcome, stale, discard } = useWhatIf()
  if (session === null) return null
  return (
    <section
      aria-label="What if"
      aria-busy={stale}
      className="min-h-0 flex-1 overflow-y-auto border-2 border-state-unknown"
    >
      <div className="sticky top-0 z-10 flex flex-wrap items-center justify-between gap-2 border-b border-state-unknown bg-soft-unknown px-4 py-1.5 text-xs font-medium text-state-unknown">
        <span role="status" className="flex items-center gap-1.5">
          <FlaskConical aria-hidden size={14} />
          What if, from version {session.version}: nothing is recorded
        </span>
        <span className="flex items-center gap-2">
          {outcome?.ok ? <SaveAsScenario instance={instance} outcome={outcome.value} /> : null}
          <Button size="sm" onClick={discard}>
            Discard
          </Button>
        </span>
      </div>
      <div className="mx-auto flex max-w-[1000px] flex-col gap-4 p-4">
        {outcome === null ? <Spinner label="Deciding" /> : null}
        {outcome?.ok ? <Courses outcome={outcome.value} /> : null}
        {outcome === null || outcome.ok ? null : <FaultText fault={outcome.error} />}
      </div>
    </section>
  )
}

function Courses({ outcome }: { readonly outcome: WhatIfOutcome }) {
  const { courses, happened, supposed } = outcome
  return (
    <>
      <p className="flex items-center gap-1.5 text-sm">
        <GitBranch aria-hidden size={14} className="shrink-0 text-muted" />
        {verdict(outcome)}
      </p>
      {courses.places.length === 0 ? null : <CourseTable courses={courses} />}
      <section aria-label="State in the end">
        <h3 className="pb-1 text-xs font-semibold">
          State in the end; marked is what differs from what happened
        </h3>
        <div className="rounded-md border border-line bg-surface p-3">
          <JsonView value={supposed} previous={happened} ariaLabel="State in the end" openDepth={3} />
        </div>
      </section>
    </>
  )
}

function verdict({ courses, steps, from }: WhatIfOutcome): string {
  const no = steps.filter(({ outcome }) => outcome !== 'accepted').length
  const refused = no === 0 ? '' : ` ${no} of ${steps.length} commands came to nothing.`
  const at = courses.divergesAt
  const place = at === null ? undefined : courses.places[at]
  if (place === undefined) return `It goes exactly as it went.${refused}`
  const version = from.version + (at ?? 0) + 1
  if (place.supposed === null)
    return `It goes as it went and ends before version ${version}, where ${place.happened?.type} happened.${refused}`
  if (place.happened === null)
    return `It goes as it went, and on: ${place.supposed.type} would be version ${version}.${refused}`
  return place.supposed.type === place.happened.type
    ? `It diverges at version ${version}: ${place.supposed.type} with other data.${refused}`
    : `It diverges at version ${version}: ${place.supposed.type} in place of ${place.happened.type}.${refused}`
}
