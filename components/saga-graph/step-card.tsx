'use client'
import { ArrowRight } from 'lucide-react'
import { memo } from 'react'
import { classNames } from '@/components/ui/class-names'
import { STATES } from '@/components/ui/state'
import type { SagaNode } from '@/core/design/saga'
import type { GraphNode } from './build-nodes'
import { CompensationCard } from './compensation-card'
import { Handle, type NodeProps, Position } from './flow'
import { useGraphActions } from './graph-context'
import { NodeIcon, PivotIcon } from './node-icon'
import { NodeMarks } from './node-marks'
import { NodeTitle } from './node-title'
import { nodeDetail, nodeTitle, stepStatus, waitWords } from './node-words'
import { RoundPips } from './round-pips'
import type { NodeLive } from './types'

/** A card of 220×72: steps, choices, waits and everything else that does something. */
export const StepCard = memo(function StepCard({ data, selected }: NodeProps<GraphNode>) {
  const { editable, goInto } = useGraphActions()
  const { node, live } = data
  const status = live ? stepStatus(live) : null
  const isPivot = node.type === 'step' && node.kind === 'pivot'
  return (
    <>
      <div
        data-status={live?.status}
        data-family={status === null || status === 'pending' ? undefined : STATES[status].family}
        data-selected={selected || undefined}
        className={classNames(
          'graph-card relative flex h-[72px] w-full items-center gap-2.5 rounded-lg border px-3',
          node.disabled && 'graph-disabled',
          live?.held && 'graph-held',
          status === 'skipped' && 'border-dashed opacity-70',
          status === 'compensated' && 'graph-hatched border-dashed',
          status === 'failed' && 'graph-pulse',
        )}
      >
        <Handle
          type="target"
          id="in"
          position={Position.Left}
          isConnectable={editable}
          className="graph-handle"
        />
        {isPivot ? (
          <span
            title="Pivot: past it the saga only goes forward"
            className="absolute -top-2 left-1/2 -ml-2 text-ink"
          >
            <PivotIcon aria-hidden size={16} fill="var(--surface)" />
          </span>
        ) : null}
        <span className="graph-icon flex size-8 shrink-0 items-center justify-center rounded-sm bg-sunken text-muted">
          <NodeIcon node={node} />
        </span>
        <span className="min-w-0 flex-1">
          <NodeTitle data={data} />
          <span className="graph-detail block truncate text-xs text-muted">
            {(live && liveDetail(node, live)) ?? nodeDetail(node)}
          </span>
          {live && live.pips !== '' ? <RoundPips pips={live.pips} /> : null}
        </span>
        <NodeMarks data={data} />
        <Handle
          type="source"
          id="out"
          position={Position.Right}
          isConnectable={editable}
          className="graph-handle"
        />
      </div>
      {data.retryOnly && node.type === 'step' && !node.compensation ? (
        <span className="block pt-1 text-center text-xs text-subtle">↻ retry only</span>
      ) : null}
      {goInto && runsSaga(node) ? (
        <button
          type="button"
          tabIndex={-1}
          aria-label={`Open what ${nodeTitle(node)} runs`}
          className="graph-go-in nodrag nopan"
          onClick={(event) => {
            event.stopPropagation()
            goInto(node.id)
          }}
        >
          Open
          <ArrowRight aria-hidden size={12} />
        </button>
      ) : null}
      <CompensationCard data={data} />
    </>
  )
})

/** The second line of a card in a run: what it waits for, what went wrong, how far it has come. */
function liveDetail(node: SagaNode, live: NodeLive): string | null {
  if (live.held) return 'held: step to begin'
  return live.error ?? waitWords(node, live) ?? live.rounds
}

/** A node that can be gone into: a saga, or what runs one in each round. */
const runsSaga = (node: SagaNode): boolean =>
  node.type === 'saga' || ((node.type === 'map' || node.type === 'loop') && node.body.type === 'saga')
