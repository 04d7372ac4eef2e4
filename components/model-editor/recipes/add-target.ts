import type { Design } from '@/core/design/document'
import { assertNever } from '@/core/result'
import { findAggregate, findService } from './find'
import { newScenario, type Subject } from './scenarios'
import {
  freeName,
  newAggregate,
  newCommand,
  newEvent,
  newOperation,
  newPolicy,
  newProjection,
  newRule,
  newService,
} from './skeletons'
import type { ModelTarget } from './target'

export type Addition =
  | { readonly kind: 'aggregate' | 'projection' | 'policy' | 'service' }
  | { readonly kind: 'command' | 'event' | 'rule'; readonly aggregate: string }
  | { readonly kind: 'operation'; readonly service: string }
  | { readonly kind: 'scenario'; readonly about: Subject }

/** What an addition will be called: the first name that is free. */
export function plannedTarget(design: Design, what: Addition): ModelTarget {
  switch (what.kind) {
    case 'aggregate':
      return {
        kind: 'aggregate',
        id: freeName(
          'Thing',
          design.aggregates.map(({ id }) => id),
        ),
      }
    case 'projection':
      return {
        kind: 'projection',
        id: freeName(
          'overview',
          design.projections.map(({ id }) => id),
        ),
      }
    case 'service':
      return {
        kind: 'service',
        id: freeName(
          'service',
          design.services.map(({ id }) => id),
        ),
      }
    case 'policy':
      return {
        kind: 'policy',
        id: freeName(
          'whenever',
          design.policies.map(({ id }) => id),
        ),
      }
    case 'command':
    case 'event': {
      const aggregate = findAggregate(design, what.aggregate)
      const wanted = what.kind === 'command' ? `Note${what.aggregate}` : `${what.aggregate}Noted`
      const taken = (what.kind === 'command' ? aggregate?.commands : aggregate?.events) ?? []
      return {
        kind: what.kind,
        aggregate: what.aggregate,
        name: freeName(
          wanted,
          taken.map(({ name }) => name),
        ),
      }
    }
    case 'rule': {
      const taken = findAggregate(design, what.aggregate)?.rules.map(({ id }) => id) ?? []
      return { kind: 'rule', aggregate: what.aggregate, id: freeName('rule', taken) }
    }
    case 'operation': {
      const taken = findService(design, what.service)?.operations.map(({ id }) => id) ?? []
      return { ...what, id: freeName('perform', taken) }
    }
    case 'scenario':
      return { kind: 'scenario', id: newScenario(design, what.about).id }
    default:
      return assertNever(what)
  }
}

/**
 * Puts working code in place under a planned name. A command brings its event when its aggregate has none for it,
 * so that it can be tried at once.
 */
export function addTarget(draft: Design, target: ModelTarget): void {
  switch (target.kind) {
    case 'aggregate':
      draft.aggregates.push(newAggregate(target.id))
      return
    case 'projection':
      draft.projections.push(newProjection(target.id, draft.aggregates[0]))
      return
    case 'service':
      draft.services.push(newService(target.id))
      return
    case 'policy':
      draft.policies.push(newPolicy(target.id, draft))
      return
    case 'command': {
      const aggregate = findAggregate(draft, target.aggregate)
      if (aggregate === undefined) return
      const event = `${target.aggregate}Noted`
      if (!aggregate.events.some(({ name }) => name === event)) aggregate.events.push(newEvent(event))
      aggregate.commands.push(newCommand(target.name, event))
      return
    }
    case 'event':
      findAggregate(draft, target.aggregate)?.events.push(newEvent(target.name))
      return
    case 'rule':
      findAggregate(draft, target.aggregate)?.rules.push(newRule(target.id))
      return
    case 'operation':
      findService(draft, target.service)?.operations.push(newOperation(target.id))
      return
    // which kind it is is not in the target: `newScenario` makes it
    case 'scenario':
      return
    default:
      assertNever(target)
  }
}
