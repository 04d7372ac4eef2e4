'use client'
import { Boxes, Check, CircleHelp, Hourglass, SquareTerminal, Workflow, Zap } from 'lucide-react'
import { memo } from 'react'
import { Handle, type NodeProps, Position } from '@/components/saga-graph/flow'
import { classNames } from '@/components/ui/class-names'
import type { EventNode } from './build-flow'

const ICONS = { run: Workflow, aggregate: Boxes, command: SquareTerminal, gone: CircleHelp } as const

/** One event: what it is, whose, where in the log, and how long before or after the one looked at. */
export const EventCard = memo(function EventCard({ data, selected }: NodeProps<EventNode>) {
  const { node, owner, since, projections } = data
  const Icon = ICONS[owner.kind]
  return (
    <div
      data-part={node.part}
      className={classNames(
        'causation-card flex h-full flex-col justify-between rounded-lg border bg-surface px-3 py-2 text-xs',
        selected && 'is-selected',
      )}
    >
      <Handle type="target" position={Position.Left} isConnectable={false} className="causation-handle" />
      <p className="flex items-center gap-1.5">
        <Icon aria-hidden size={14} className="shrink-0 text-muted" />
        <span className="min-w-0 flex-1 truncate text-sm font-semibold">{node.title}</span>
        {since === '' ? (
          <span className="shrink-0 font-medium text-accent">this event</span>
        ) : (
          <span className="data shrink-0 text-muted">{since}</span>
        )}
      </p>
      <p className="data flex gap-2 text-muted">
        <span className="min-w-0 flex-1 truncate">
          {node.streamId} · {node.version}
        </span>
        <span className="shrink-0">#{node.position}</span>
      </p>
      <p className="flex h-4 gap-2">
        {node.policy === null ? null : (
          <span className="flex min-w-0 items-center gap-1 truncate font-medium">
            <Zap aria-hidden size={12} className="shrink-0" />
            {node.policy}
          </span>
        )}
        {projections.map(({ name, taken }) => (
          <span key={name} className="flex min-w-0 items-center gap-1 truncate text-muted">
            {taken ? <Check aria-hidden size={12} /> : <Hourglass aria-hidden size={12} />}
            {name}
          </span>
        ))}
      </p>
      <Handle type="source" position={Position.Right} isConnectable={false} className="causation-handle" />
    </div>
  )
})
