import type { Design } from '@/core/design/document'
import { idSchema, typeNameSchema } from '@/core/design/primitives'
import { assertNever } from '@/core/result'
import { findAggregate, findService } from './find'
import { renameAggregate, renameCommand } from './rename-aggregate'
import { renameEvent } from './rename-event'
import { renameRule } from './rename-rule'
import { renameOperation, renamePolicy, renameProjection, renameService } from './rename-service'
import type { ModelTarget } from './target'

/** Gives a definition another name, and everything that speaks of it. @returns where it is then */
export function renameTarget(draft: Design, target: ModelTarget, to: string): ModelTarget {
  switch (target.kind) {
    case 'aggregate':
      renameAggregate(draft, target.id, to)
      return { ...target, id: to }
    case 'command':
      renameCommand(draft, target.aggregate, target.name, to)
      return { ...target, name: to }
    case 'event':
      renameEvent(draft, target.aggregate, target.name, to)
      return { ...target, name: to }
    case 'rule':
      renameRule(draft, target.aggregate, target.id, to)
      return { ...target, id: to }
    case 'projection':
      renameProjection(draft, target.id, to)
      return { ...target, id: to }
    case 'policy':
      renamePolicy(draft, target.id, to)
      return { ...target, id: to }
    case 'service':
      renameService(draft, target.id, to)
      return { ...target, id: to }
    case 'operation':
      renameOperation(draft, target.service, target.id, to)
      return { ...target, id: to }
    case 'scenario':
      // nothing refers to a scenario
      for (const scenario of draft.scenarios) if (scenario.id === target.id) scenario.id = to
      return { ...target, id: to }
    default:
      return assertNever(target)
  }
}

/** What a definition may be called: names already taken in its scope, and how a name is written. */
export function nameRefusal(design: Design, target: ModelTarget, to: string): string | undefined {
  const own = targetName(target)
  if (to !== own && namesBeside(design, target).includes(to)) return `“${to}” is taken`
  const schema = target.kind === 'command' || target.kind === 'event' ? typeNameSchema : idSchema
  const parsed = schema.safeParse(to)
  return parsed.success ? undefined : parsed.error.issues[0]?.message
}

/** What code calls it. */
export const targetName = (target: ModelTarget): string => ('name' in target ? target.name : target.id)

function namesBeside(design: Design, target: ModelTarget): readonly string[] {
  const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id)
  const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name)
  switch (target.kind) {
    case 'aggregate':
      return ids(design.aggregates)
    case 'projection':
      return ids(design.projections)
    case 'policy':
      return ids(design.policies)
    case 'service':
      return ids(design.services)
    case 'scenario':
      return ids(design.scenarios)
    case 'command':
      return names(findAggregate(design, target.aggregate)?.commands ?? [])
    case 'event':
      return names(findAggregate(design, target.aggregate)?.events ?? [])
    case 'rule':
      return ids(findAggregate(design, target.aggregate)?.rules ?? [])
    case 'operation':
      return ids(findService(design, target.service)?.operations ?? [])
    default:
      return assertNever(target)
  }
}
