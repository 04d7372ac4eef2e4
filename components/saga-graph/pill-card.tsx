'use client'
import { memo } from 'react'
import { classNames } from '@/components/ui/class-names'
import { STATES } from '@/components/ui/state'
import { StateIcon } from '@/components/ui/state-badge'
import type { GraphNode } from './build-nodes'
import { Handle, type NodeProps, Position } from './flow'
import { useGraphActions } from './graph-context'
import { NodeIcon } from './node-icon'
import { NodeTitle } from './node-title'

/** Start, end and fail: where a way begins and where it stops. */
export const PillCard = memo(function PillCard({ data, selected }: NodeProps<GraphNode>) {
  const { editable } = useGraphActions()
  const { node, live } = data
  const shown = live && live.status !== 'pending' ? live.status : null
  return (
    <div className="flex h-[72px] items-center">
      <div
        data-status={live?.status}
        data-family={shown === null ? undefined : STATES[shown].family}
        data-selected={selected || undefined}
        className={classNames(
          'graph-card relative flex h-10 w-full items-center gap-2 rounded-full border px-3 text-muted',
          node.disabled && 'graph-disabled',
          shown === 'skipped' && 'border-dashed opacity-70',
        )}
      >
        {node.type === 'start' ? null : (
          <Handle
            type="target"
            id="in"
            position={Position.Left}
            isConnectable={editable}
            className="graph-handle"
          />
        )}
        <NodeIcon node={node} size={14} />
        <span className="min-w-0 flex-1 text-ink">
          <NodeTitle data={data} />
        </span>
        {shown === null ? null : (
          <span className="graph-pill-state flex">
            <StateIcon status={shown} />
          </span>
        )}
        {node.type === 'start' ? (
          <Handle
            type="source"
            id="out"
            position={Position.Right}
            isConnectable={editable}
            className="graph-handle"
          />
        ) : null}
      </div>
    </div>
  )
})
