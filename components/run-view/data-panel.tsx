'use client'
import { JsonView } from '@/components/ui/json-view'
import type { JsonObject } from '@/core/json'
import type { NodePath, SagaState } from '@/core/saga'
import { stateAt } from '@/lib/run-store/history'
import { nodeName } from '@/lib/run-store/operator'
import { useRun } from '@/lib/run-store/run-provider'
import { seqShown } from '@/lib/run-store/run-store'

/** The data of the saga that is shown, at the cursor, compared with the event before. */
export function DataPanel() {
  const seq = useRun(seqShown)
  const scope = useRun((run) => run.scope)
  const plan = useRun(({ history }) => history.plan)
  const data = useRun(({ history }) => dataAt(stateAt(history, seq), scope))
  const before = useRun(({ history }) => dataAt(stateAt(history, seq - 1), scope))
  const whose = scope === '' ? "The saga's data" : `The data of ${nodeName(plan, scope)}`
  return (
    <div className="px-2 py-1.5">
      <p className="px-1 pb-1 text-xs text-muted">
        {data === undefined
          ? `${nodeName(plan, scope)} has not begun after event ${seq}.`
          : `${whose} after event ${seq}${data === before ? ': this event did not change it.' : ', with what this event changed.'}`}
      </p>
      {data === undefined ? null : (
        <JsonView value={data} previous={before ?? {}} ariaLabel="Saga data" openDepth={3} />
      )}
    </div>
  )
}

const dataAt = (state: SagaState, scope: NodePath): JsonObject | undefined =>
  scope === '' ? state.data : state.scopes?.[scope]?.data
