'use client'
import { designPath, faultSchema, isTerminal } from '@/core/saga'
import { withFault } from '@/lib/run-store/fault-draft'
import { useRun, useRunStore } from '@/lib/run-store/run-provider'
import { isPast, stateNow } from '@/lib/run-store/run-store'
import { BreakStep } from './break-step'
import { PastNote } from './past-note'
import { useRunActions } from './use-run-actions'

/** Breaks a step of this very run while that is still to come; else a new run with the same input and the fault. */
export function BreakInRun({ nodeId }: { readonly nodeId: string }) {
  const store = useRunStore()
  const design = useRun((run) => run.design)
  const plan = useRun(({ history }) => history.plan)
  const canJoin = useRun((run) => {
    const now = stateNow(run)
    return !isTerminal(now.status) && (now.nodes[nodeId]?.status ?? 'pending') === 'pending'
  })
  const past = useRun(isPast)
  const { act, runAgain } = useRunActions()
  if (past && canJoin) return <PastNote>In the past: this run is broken from live only.</PastNote>
  return (
    <>
      <p className="pb-2 text-xs text-muted">
        {canJoin
          ? 'It has not started yet: the fault is added to this run.'
          : 'It has been and gone: a new run starts with the same input and this fault. This run stays as it is.'}
      </p>
      <BreakStep
        design={design}
        plan={plan}
        nodeId={designPath(nodeId)}
        actionLabel={canJoin ? 'Break it in this run' : 'Run again with this fault'}
        onBreak={async (fault) => {
          if (canJoin) await act({ action: 'add-fault', fault: faultSchema.parse(fault) })
          else await runAgain(withFault(stateNow(store.getState()).faults, fault))
        }}
      />
    </>
  )
}
