'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import type { OperatorAction } from '@/core/saga'
import { refusalOf } from '@/lib/run-store/operator'
import { useRun } from '@/lib/run-store/run-provider'
import { isPast, stateNow } from '@/lib/run-store/run-store'
import { type Operation, OperatorDialog } from './operator-dialog'

/** Retry and skip, where the run waits for a person at this very node. */
export function OperateNode({ nodeId }: { readonly nodeId: string }) {
  const plan = useRun(({ history }) => history.plan)
  const state = useRun(stateNow)
  const past = useRun(isPast)
  const [asked, setAsked] = useState<Operation | null>(null)
  const acts: readonly OperatorAction[] = [
    { action: 'retry', nodeId },
    { action: 'skip', nodeId, output: {} },
  ]
  if (past || !acts.some((act) => refusalOf(plan, state, act) === null)) return null
  return (
    <div className="flex items-center gap-2 border-b border-line bg-soft-unknown px-3 py-2">
      <p className="flex-1 text-xs">The run waits for you here.</p>
      <Button size="sm" onClick={() => setAsked({ action: 'retry', node: nodeId })}>
        Retry
      </Button>
      <Button size="sm" onClick={() => setAsked({ action: 'skip', node: nodeId })}>
        Skip
      </Button>
      <OperatorDialog operation={asked} onClose={() => setAsked(null)} />
    </div>
  )
}
