'use client'
import { EmptyState } from '@/components/ui/empty-state'
import { assertNever } from '@/core/result'
import { useDesign } from '@/lib/design-store'
import type { PreviewCommand } from '@/lib/preview/aggregate-preview'
import type { PreviewScripts } from '@/lib/preview/preview-session'
import { findAggregate, findService } from '../recipes/find'
import type { ModelTarget } from '../recipes/target'
import { ScenarioResultPanel } from '../scenarios/result-panel'
import { AggregatePreviewPanel } from './aggregate-preview-panel'
import { OperationPreviewPanel } from './operation-preview-panel'
import { PolicyPreviewPanel } from './policy-preview-panel'
import { ProjectionPreviewPanel } from './projection-preview-panel'
import { RequestPreviewPanel } from './request-preview-panel'
import { RulePreviewPanel } from './rule-preview-panel'

export interface PreviewPanelProps {
  readonly target: ModelTarget | null
  readonly scripts: PreviewScripts
  readonly onScript: (aggregate: string, script: readonly PreviewCommand[] | undefined) => void
}

/** The preview of whatever is looked at, by the page's own sandbox. */
export function PreviewPanel({ target, scripts, onScript }: PreviewPanelProps) {
  const design = useDesign((state) => state.document)
  if (target === null) return <Nothing />
  switch (target.kind) {
    case 'aggregate':
    case 'command':
    case 'event': {
      const id = target.kind === 'aggregate' ? target.id : target.aggregate
      const aggregate = findAggregate(design, id)
      if (aggregate === undefined) return <Nothing />
      return (
        <AggregatePreviewPanel
          key={id}
          aggregate={aggregate}
          script={scripts[id]}
          onScript={(script) => onScript(id, script)}
          preferred={target.kind === 'command' ? target.name : undefined}
        />
      )
    }
    case 'rule': {
      const aggregate = findAggregate(design, target.aggregate)
      const rule = aggregate?.rules.find(({ id }) => id === target.id)
      if (aggregate === undefined || rule === undefined) return <Nothing />
      return (
        <RulePreviewPanel
          key={aggregate.id}
          aggregate={aggregate}
          rule={rule}
          script={scripts[aggregate.id]}
        />
      )
    }
    case 'projection': {
      const projection = design.projections.find(({ id }) => id === target.id)
      return projection === undefined ? (
        <Nothing />
      ) : (
        <ProjectionPreviewPanel projection={projection} scripts={scripts} />
      )
    }
    case 'policy': {
      const policy = design.policies.find(({ id }) => id === target.id)
      return policy === undefined ? (
        <Nothing />
      ) : (
        <PolicyPreviewPanel key={`${policy.id}.${policy.on}`} policy={policy} scripts={scripts} />
      )
    }
    case 'operation':
    case 'service': {
      const service = findService(design, target.kind === 'operation' ? target.service : target.id)
      const operation =
        target.kind === 'operation'
          ? service?.operations.find(({ id }) => id === target.id)
          : service?.operations[0]
      if (service === undefined || operation === undefined) return <Nothing />
      const Panel = operation.http === undefined ? OperationPreviewPanel : RequestPreviewPanel
      return <Panel key={`${service.id}.${operation.id}`} service={service} operation={operation} />
    }
    case 'scenario': {
      const scenario = design.scenarios.find(({ id }) => id === target.id)
      return scenario === undefined ? <Nothing /> : <ScenarioResultPanel scenario={scenario} />
    }
    default:
      return assertNever(target)
  }
}

function Nothing() {
  return (
    <EmptyState
      compact
      title="Nothing to preview"
      description="Choose an aggregate, a read model, a policy or an operation: what it does is shown here as you type."
    />
  )
}
