'use client'
import { EmptyState } from '@/components/ui/empty-state'
import { assertNever } from '@/core/result'
import { useDesign } from '@/lib/design-store'
import { findAggregate, findService } from '../recipes/find'
import { ownerOf } from '../recipes/remove-target'
import { type ModelTarget, targetPath } from '../recipes/target'
import { AggregateEditor } from './aggregate-editor'
import { CommandEditor } from './command-editor'
import { EditorFrame } from './editor-frame'
import { EventEditor } from './event-editor'
import { OperationEditor } from './operation-editor'
import { PolicyEditor } from './policy-editor'
import { ProjectionEditor } from './projection-editor'
import { RuleEditor } from './rule-editor'
import { ScenarioEditor } from './scenario-editor'
import { ServiceEditor } from './service-editor'

export interface TargetEditorProps {
  readonly target: ModelTarget
  readonly onGo: (target: ModelTarget | null) => void
  /** In a panel that has a heading and a way out of its own. */
  readonly bare?: boolean
}

/** The editor of whatever is looked at. */
export function TargetEditor({ target, onGo, bare = false }: TargetEditorProps) {
  const design = useDesign((state) => state.document)
  const path = targetPath(design, target)
  if (path === null) return <Gone />
  const frame = { target, bare, onRemoved: () => onGo(ownerOf(target)) }
  switch (target.kind) {
    case 'aggregate': {
      const aggregate = findAggregate(design, target.id)
      if (aggregate === undefined) return <Gone />
      return (
        <EditorFrame {...frame} what="Aggregate" title={aggregate.name ?? aggregate.id}>
          <AggregateEditor aggregate={aggregate} path={path} onRenamed={(id) => onGo({ ...target, id })} />
        </EditorFrame>
      )
    }
    case 'command': {
      const aggregate = findAggregate(design, target.aggregate)
      const command = aggregate?.commands.find(({ name }) => name === target.name)
      if (aggregate === undefined || command === undefined) return <Gone />
      return (
        <EditorFrame {...frame} what={`Command of ${aggregate.id}`} title={command.name}>
          <CommandEditor
            aggregate={aggregate}
            command={command}
            path={path}
            onGo={onGo}
            onRenamed={(name) => onGo({ ...target, name })}
          />
        </EditorFrame>
      )
    }
    case 'rule': {
      const aggregate = findAggregate(design, target.aggregate)
      const rule = aggregate?.rules.find(({ id }) => id === target.id)
      if (aggregate === undefined || rule === undefined) return <Gone />
      return (
        <EditorFrame {...frame} what={`Rule of ${aggregate.id}`} title={rule.id}>
          <RuleEditor
            aggregate={aggregate}
            rule={rule}
            path={path}
            onRenamed={(id) => onGo({ ...target, id })}
          />
        </EditorFrame>
      )
    }
    case 'event': {
      const aggregate = findAggregate(design, target.aggregate)
      const event = aggregate?.events.find(({ name }) => name === target.name)
      if (aggregate === undefined || event === undefined) return <Gone />
      return (
        <EditorFrame {...frame} what={`Event of ${aggregate.id}`} title={event.name}>
          <EventEditor
            aggregate={aggregate}
            event={event}
            path={path}
            onRenamed={(name) => onGo({ ...target, name })}
          />
        </EditorFrame>
      )
    }
    case 'projection': {
      const projection = design.projections.find(({ id }) => id === target.id)
      if (projection === undefined) return <Gone />
      return (
        <EditorFrame {...frame} what="Read model" title={projection.name ?? projection.id}>
          <ProjectionEditor projection={projection} path={path} onRenamed={(id) => onGo({ ...target, id })} />
        </EditorFrame>
      )
    }
    case 'policy': {
      const policy = design.policies.find(({ id }) => id === target.id)
      if (policy === undefined) return <Gone />
      return (
        <EditorFrame {...frame} what="Policy" title={policy.name ?? policy.id}>
          <PolicyEditor policy={policy} path={path} onRenamed={(id) => onGo({ ...target, id })} />
        </EditorFrame>
      )
    }
    case 'service': {
      const service = findService(design, target.id)
      if (service === undefined) return <Gone />
      return (
        <EditorFrame {...frame} what="Service" title={service.name ?? service.id}>
          <ServiceEditor service={service} onRenamed={(id) => onGo({ ...target, id })} />
        </EditorFrame>
      )
    }
    case 'operation': {
      const service = findService(design, target.service)
      const operation = service?.operations.find(({ id }) => id === target.id)
      if (service === undefined || operation === undefined) return <Gone />
      return (
        <EditorFrame
          {...frame}
          what={`Operation of ${service.name ?? service.id}`}
          title={operation.name ?? operation.id}
        >
          <OperationEditor
            service={service}
            operation={operation}
            path={path}
            onRenamed={(id) => onGo({ ...target, id })}
          />
        </EditorFrame>
      )
    }
    case 'scenario': {
      const scenario = design.scenarios.find(({ id }) => id === target.id)
      if (scenario === undefined) return <Gone />
      return (
        <EditorFrame {...frame} what="Scenario" title={scenario.name}>
          <ScenarioEditor key={scenario.id} scenario={scenario} />
        </EditorFrame>
      )
    }
    default:
      return assertNever(target)
  }
}

function Gone() {
  return (
    <EmptyState
      title="This definition is not there any more"
      description="It was renamed or deleted. Choose another on the left."
    />
  )
}
