import { JsonView } from '@/components/ui/json-view'
import type { PartResult } from '@/core/scenario'
import { StatusMark } from './status-mark'

export const PART_WORDS: Readonly<Record<PartResult['part'], string>> = {
  events: 'Events',
  rejection: 'Refusal',
  state: 'State',
  rows: 'Rows',
  status: 'Status',
  error: 'Error',
  compensations: 'Compensations, in order',
  data: 'Data',
  told: 'What it was told',
}

/** One part of what is expected against what happened: as it happened, with what was expected struck through. */
export function PartView({ part }: { readonly part: PartResult }) {
  const { passed, expected, actual, note } = part
  return (
    <section aria-label={PART_WORDS[part.part]} className="flex flex-col gap-1">
      <h3 className="flex items-center gap-2 text-xs font-medium">
        <StatusMark status={passed ? 'passed' : 'failed'} />
        {PART_WORDS[part.part]}
      </h3>
      {passed ? null : (
        <>
          <p className="text-xs text-muted">
            What was expected and did not come is struck through; what came unasked is marked +.
          </p>
          <div className="rounded-sm border border-line bg-surface p-2">
            <JsonView
              value={actual}
              previous={expected}
              ariaLabel={`${PART_WORDS[part.part]}, compared`}
              openDepth={3}
            />
          </div>
        </>
      )}
      {note === undefined ? null : <p className="text-xs text-muted">{note}</p>}
    </section>
  )
}
