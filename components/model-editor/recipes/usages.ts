import { actionSites } from '@/core/design/action-sites'
import type { Design } from '@/core/design/document'
import type { Action } from '@/core/design/saga'
import { assertNever } from '@/core/result'
import { findAggregate } from './find'
import type { ModelTarget } from './target'

/** Where a definition is used, in words: what deleting it would leave dangling. */
export function usagesOf(design: Design, target: ModelTarget): readonly string[] {
  switch (target.kind) {
    case 'aggregate':
      return [
        ...steps(design, (action) => action.type === 'command' && action.aggregate === target.id),
        ...design.projections
          .filter(({ from }) => from.includes(target.id))
          .map(({ id }) => `read model ${id}`),
        ...design.policies
          .filter(({ reaction }) => reaction.type === 'send-command' && reaction.aggregate === target.id)
          .map(({ id }) => `policy ${id}`),
      ]
    case 'command':
      return [
        ...steps(
          design,
          (action) =>
            action.type === 'command' &&
            action.aggregate === target.aggregate &&
            action.command === target.name,
        ),
        ...design.policies
          .filter(
            ({ reaction }) =>
              reaction.type === 'send-command' &&
              reaction.aggregate === target.aggregate &&
              reaction.command === target.name,
          )
          .map(({ id }) => `policy ${id}`),
      ]
    case 'event':
      return [
        ...design.projections
          .filter(({ on }) => Object.hasOwn(on, target.name))
          .map(({ id }) => `read model ${id}`),
        ...design.policies.filter(({ on }) => on === target.name).map(({ id }) => `policy ${id}`),
      ]
    case 'rule':
      return (findAggregate(design, target.aggregate)?.commands ?? [])
        .filter(({ rules }) => rules.includes(target.id))
        .map(({ name }) => `command ${name}`)
    case 'service':
      return steps(design, (action) => action.type === 'call' && action.service === target.id)
    case 'operation':
      return steps(
        design,
        (action) =>
          action.type === 'call' && action.service === target.service && action.operation === target.id,
      )
    // its scenarios go with it
    case 'projection':
    case 'scenario':
    case 'policy':
      // nothing refers to a policy: it is the one that refers
      return []
    default:
      return assertNever(target)
  }
}

function steps(design: Design, uses: (action: Action) => boolean): readonly string[] {
  const names = actionSites(design)
    .filter(({ action }) => uses(action))
    .map(({ saga, node }) => `step ${node.name ?? node.id} of ${saga}`)
  return [...new Set(names)]
}
