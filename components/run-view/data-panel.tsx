'use client'
import { JsonView } from '@/components/ui/json-view'
import { stateAt } from '@/lib/run-store/history'
import { useRun } from '@/lib/run-store/run-provider'
import { seqShown } from '@/lib/run-store/run-store'

/** The saga's data at the cursor, compared with the event before. */
export function DataPanel() {
  const seq = useRun(seqShown)
  const data = useRun(({ history }) => stateAt(history, seq).data)
  const before = useRun(({ history }) => stateAt(history, seq - 1).data)
  return (
    <div className="px-2 py-1.5">
      <p className="px-1 pb-1 text-xs text-muted">
        The saga's data after event {seq}
        {data === before ? ': this event did not change it.' : ', with what this event changed.'}
      </p>
      <JsonView value={data} previous={before} ariaLabel="Saga data" openDepth={3} />
    </div>
  )
}
