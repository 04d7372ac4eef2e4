import type { Design } from '@/core/design/document'
import { assertNever } from '@/core/result'
import { type Gone, removeFromScenarios, scenariosAbout } from '@/lib/scenarios/follow'
import { forgetPlaces } from './places'
import type { ModelTarget } from './target'

/**
 * Takes a definition out of the design. What refers to it stays, and the lint says so; its scenarios, which would be
 * about nothing, go with it.
 */
export function removeTarget(draft: Design, target: ModelTarget): void {
  forgetPlaces(draft, target)
  const aggregate =
    'aggregate' in target ? draft.aggregates.find(({ id }) => id === target.aggregate) : undefined
  if (isInScenarios(target)) removeFromScenarios(draft, target)
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
    case 'policy':
      draft.policies = draft.policies.filter(({ id }) => id !== target.id)
      return
    case 'service':
      draft.services = draft.services.filter(({ id }) => id !== target.id)
      return
    case 'scenario':
      draft.scenarios = draft.scenarios.filter(({ id }) => id !== target.id)
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

/** The names of the scenarios that go with it. */
export const scenariosGoneWith = (design: Design, target: ModelTarget): readonly string[] =>
  isInScenarios(target) ? scenariosAbout(design, target) : []

const isInScenarios = (target: ModelTarget): target is Extract<ModelTarget, Gone> =>
  IN_SCENARIOS.includes(target.kind)

const IN_SCENARIOS: readonly ModelTarget['kind'][] = ['aggregate', 'command', 'event', 'projection']

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
    case 'policy':
    case 'service':
    case 'scenario':
      return null
    default:
      return assertNever(target)
  }
}
