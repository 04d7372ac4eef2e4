'use client'
import { X, Zap } from 'lucide-react'
import { EmptyState } from '@/components/ui/empty-state'
import { IconButton } from '@/components/ui/icon-button'
import { JsonView } from '@/components/ui/json-view'
import { Panel } from '@/components/ui/panel'
import { StateBadge } from '@/components/ui/state-badge'
import { nodeName } from '@/lib/run-store/operator'
import { useRun, useRunStore } from '@/lib/run-store/run-provider'
import { viewShown } from '@/lib/run-store/run-store'
import { AggregateLink } from './aggregate-link'
import { BreakInRun } from './break-in-run'
import { BreakpointToggle } from './breakpoint-toggle'
import { LiftFaults } from './lift-faults'
import { CompensationFacts, NodeFacts } from './node-facts'
import { OperateNode } from './operate-node'
import { Within } from './rounds-list'
import { nodeUiStatus } from './run-words'

/** Everything about one node of the run, as of the cursor. */
export function NodeInspector({ nodeId }: { readonly nodeId: string }) {
  const store = useRunStore()
  const plan = useRun(({ history }) => history.plan)
  const designId = useRun(({ run }) => run.designId)
  const view = useRun((run) => viewShown(run).nodes[nodeId])
  const runStartedAt = useRun((run) => viewShown(run).startedAt)
  const node = plan.node(nodeId)
  const scope = plan.place(nodeId)?.scope ?? ''
  const around = useRun((run) => (scope === '' ? null : (viewShown(run).scopes[scope]?.data ?? null)))
  if (!node) return <EmptyState compact title="This node is not in the run's design" />
  const step = plan.step(nodeId)
  return (
    <section aria-label={`Node ${nodeName(plan, nodeId)}`}>
      <header className="flex items-start justify-between gap-2 border-b border-line px-3 py-2">
        <div className="min-w-0">
          <h3 className="truncate font-semibold text-sm">{nodeName(plan, nodeId)}</h3>
          <p className="text-xs text-muted">
            {node.type}
            {step && step.kind !== 'compensatable' ? ` · ${step.kind}` : ''}
          </p>
        </div>
        <div className="flex items-center gap-1">
          <StateBadge size="sm" status={view ? nodeUiStatus(view) : 'pending'} />
          <IconButton size="sm" label="Back to the run" onClick={() => store.getState().select(null)}>
            <X />
          </IconButton>
        </div>
      </header>
      {node.description ? (
        <p className="border-b border-line px-3 py-2 text-xs text-muted">{node.description}</p>
      ) : null}
      <OperateNode key={nodeId} nodeId={nodeId} />
      <Within path={nodeId} />
      {view ? (
        <Panel title={step ? 'Action' : 'What happened'}>
          <NodeFacts node={view} works={step !== undefined} runStartedAt={runStartedAt} />
          <AggregateLink designId={designId} output={view.output} when={step?.action.type === 'command'} />
        </Panel>
      ) : (
        <p className="border-line border-b px-3 py-2 text-muted text-xs">
          The run has not come this far into what it runs.
        </p>
      )}
      {around === null ? null : (
        <Panel title={`Data of ${nodeName(plan, scope)}`} defaultOpen={false}>
          <JsonView value={around} ariaLabel="Data of its saga" openDepth={2} />
        </Panel>
      )}
      {view?.compensation && step ? (
        <CompensationFacts
          name={step?.compensation?.name ?? 'undo'}
          compensation={view.compensation}
          runStartedAt={runStartedAt}
        />
      ) : null}
      <BreakpointToggle path={nodeId} />
      {step ? (
        <Panel title="Break this step" actions={<Zap aria-hidden size={14} className="text-subtle" />}>
          <LiftFaults nodeId={nodeId} />
          <BreakInRun key={nodeId} nodeId={nodeId} />
        </Panel>
      ) : null}
    </section>
  )
}
