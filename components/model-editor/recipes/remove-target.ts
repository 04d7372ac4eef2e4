import type { Design } from '@/core/design/document'
import { assertNever } from '@/core/result'
import type { ModelTarget } from './target'

/** Takes a definition out of the design. What refers to it stays, and the lint says so. */
export function removeTarget(draft: Design, target: ModelTarget): void {
  const aggregate =
    'aggregate' in target ? draft.aggregates.find(({ id }) => id === target.aggregate) : undefined
  switch (target.kind) {
    case 'aggregate':
      draft.aggregates = draft.aggregates.filter(({ id }) => id !== target.id)
      return
    case 'command':
      if (aggregate) aggregate.commands = aggregate.commands.filter(({ name }) => name !== target.name)
      return
    case 'event':
      if (aggregate) aggregate.events = aggregate.events.filter(({ name }) => name !== target.name)
      return
    case 'rule':
      if (aggregate) aggregate.rules = aggregate.rules.filter(({ id }) => id !== target.id)
      return
    case 'projection':
      draft.projections = draft.projections.filter(({ id }) => id !== target.id)
      return
    case 'service':
      draft.services = draft.services.filter(({ id }) => id !== target.id)
      return
    case 'operation': {
      const service = draft.services.find(({ id }) => id === target.service)
      if (service) service.operations = service.operations.filter(({ id }) => id !== target.id)
      return
    }
    default:
      assertNever(target)
  }
}

/** Where to look after it is gone: at what it belonged to. */
export function ownerOf(target: ModelTarget): ModelTarget | null {
  switch (target.kind) {
    case 'command':
    case 'event':
    case 'rule':
      return { kind: 'aggregate', id: target.aggregate }
    case 'operation':
      return { kind: 'service', id: target.service }
    case 'aggregate':
    case 'projection':
    case 'service':
      return null
    default:
      return assertNever(target)
  }
}
