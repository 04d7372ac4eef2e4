'use client'
import { Button } from '@/components/ui/button'
import { isAt, isTerminal } from '@/core/saga'
import { useRun } from '@/lib/run-store/run-provider'
import { isPast, stateNow } from '@/lib/run-store/run-store'
import { FaultList } from './fault-list'
import { useRunActions } from './use-run-actions'

/** What is broken at this step in this run, and how to break it no more: another attempt may then go well. */
export function LiftFaults({ nodeId }: { readonly nodeId: string }) {
  const plan = useRun(({ history }) => history.plan)
  const all = useRun((run) => stateNow(run).faults)
  const canLift = useRun((run) => !isPast(run) && !isTerminal(stateNow(run).status))
  const { act } = useRunActions()
  const faults = all.filter((fault) => isAt(fault, nodeId))
  if (faults.length === 0) return null
  return (
    <div className="flex flex-col gap-2 pb-3">
      <FaultList plan={plan} faults={faults} />
      {canLift ? (
        <Button size="sm" onClick={() => void act({ action: 'lift-faults', node: nodeId })}>
          {faults.length === 1 ? 'Lift this fault' : 'Lift these faults'}
        </Button>
      ) : null}
    </div>
  )
}
