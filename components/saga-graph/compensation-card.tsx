'use client'
import { RotateCcw } from 'lucide-react'
import { classNames } from '@/components/ui/class-names'
import { STATES } from '@/components/ui/state'
import { StateIcon } from '@/components/ui/state-badge'
import { Handle, Position } from './flow'
import { useGraphActions } from './graph-context'
import { FaultMark } from './node-marks'
import { compensationTitle, undoStatus } from './node-words'
import type { GraphNodeData } from './types'

/** The paired half-height card beneath a step, on its dashed stem. */
export function CompensationCard({ data }: { readonly data: GraphNodeData }) {
  const actions = useGraphActions()
  const { node, live, faults } = data
  const title = compensationTitle(node)
  if (title === null) return null
  const began = live !== null && live.undo !== 'none'
  const status = live ? undoStatus(live) : 'pending'
  return (
    <>
      <span aria-hidden className="mx-auto block h-5 w-0 border-l border-dashed border-line-strong" />
      <div className="relative">
        <Handle
          type="target"
          id="undo-in"
          position={Position.Right}
          isConnectable={false}
          className="graph-hidden-handle"
        />
        <Handle
          type="source"
          id="undo-out"
          position={Position.Left}
          isConnectable={false}
          className="graph-hidden-handle"
        />
        <button
          type="button"
          tabIndex={-1}
          data-compensation-status={began ? status : undefined}
          data-family={began ? STATES[status].family : undefined}
          onClick={(event) => {
            event.stopPropagation()
            actions.selectCompensation(node.id)
          }}
          className={classNames(
            'graph-card flex h-9 w-full items-center gap-2 rounded-md border px-2.5 text-left text-xs',
            status === 'compensated' && 'graph-hatched border-dashed',
            status === 'compensation-failed' && 'graph-stuck',
          )}
        >
          <RotateCcw aria-hidden size={14} className="shrink-0 text-state-compensating" />
          <span className="sr-only">Compensation: </span>
          <span className="graph-undo-title min-w-0 flex-1 truncate">{title}</span>
          {faults?.compensation ? <FaultMark title="Its compensation is set to break" /> : null}
          {began ? <StateIcon status={status} /> : null}
          {live && live.undoAttempts > 1 ? (
            <span className="data text-muted">×{live.undoAttempts}</span>
          ) : null}
        </button>
      </div>
    </>
  )
}
