'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import type { NodePath } from '@/core/saga'
import { refusalOf } from '@/lib/run-store/operator'
import { useRun } from '@/lib/run-store/run-provider'
import { isPast, stateNow, viewShown } from '@/lib/run-store/run-store'
import { DecideFields } from './decide-fields'
import { type Operation, OperatorDialog } from './operator-dialog'
import { PastNote } from './past-note'
import { NODE_OPERATIONS } from './run-operations'
import { SignalFields } from './signal-fields'
import { useRunAct } from './use-run-act'

/** What a person can do at this very node now: the core is asked, and what it would refuse is not offered. */
export function OperateNode({ nodeId }: { readonly nodeId: NodePath }) {
  const plan = useRun(({ history }) => history.plan)
  const state = useRun(stateNow)
  const past = useRun(isPast)
  const held = useRun((run) => viewShown(run).held.includes(nodeId))
  const [asked, setAsked] = useState<Operation | null>(null)
  const act = useRunAct()
  const node = plan.node(nodeId)
  const offered = NODE_OPERATIONS.filter(({ probe }) => refusalOf(plan, state, probe(nodeId)) === null)
  const canDecide = refusalOf(plan, state, { action: 'decide', nodeId, approved: true }) === null
  const waits = node?.type === 'signal' && state.nodes[nodeId]?.status === 'waiting'
  if (offered.length === 0 && !canDecide && !waits) return null
  if (past) return <PastNote>In the past: nothing can be done here.</PastNote>
  return (
    <section
      aria-label="Act on this node"
      className="flex flex-col gap-2 border-b border-line bg-soft-unknown px-3 py-2"
    >
      {canDecide ? (
        <DecideFields nodeId={nodeId} message={node?.type === 'approval' ? node.message : undefined} />
      ) : null}
      {waits ? <SignalFields nodeId={nodeId} node={node} /> : null}
      {offered.length === 0 ? null : (
        <div className="flex flex-wrap items-center gap-1.5">
          {offered.map(({ action, label }) => (
            <Button
              key={action}
              size="sm"
              variant={action === 'step' && held ? 'primary' : 'secondary'}
              onClick={() =>
                action === 'step'
                  ? void act({ action: 'step', node: nodeId })
                  : setAsked({ action, node: nodeId })
              }
            >
              {label}
            </Button>
          ))}
        </div>
      )}
      <OperatorDialog key={asked?.action ?? 'none'} operation={asked} onClose={() => setAsked(null)} />
    </section>
  )
}
