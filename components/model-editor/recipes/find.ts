import type {
  Aggregate,
  CommandDefinition,
  EventDefinition,
  Policy,
  Projection,
  Rule,
} from '@/core/design/aggregate'
import type { Design } from '@/core/design/document'
import type { Operation, Service } from '@/core/design/service'
import type { Recipe } from '@/lib/design-store'

/*
 * Recipes that change one definition in place. One that is not there any more is left alone: another tab or an
 * undo may have taken it away between the keystroke and the edit.
 */
export const findAggregate = (design: Design, id: string): Aggregate | undefined =>
  design.aggregates.find((aggregate) => aggregate.id === id)
export const findService = (design: Design, id: string): Service | undefined =>
  design.services.find((service) => service.id === id)

export const inAggregate =
  (id: string, change: (aggregate: Aggregate) => void): Recipe =>
  (draft) => {
    const found = findAggregate(draft, id)
    if (found) change(found)
  }

export const inCommand = (
  aggregate: string,
  name: string,
  change: (command: CommandDefinition) => void,
): Recipe =>
  inAggregate(aggregate, ({ commands }) => {
    const found = commands.find((command) => command.name === name)
    if (found) change(found)
  })

export const inEvent = (aggregate: string, name: string, change: (event: EventDefinition) => void): Recipe =>
  inAggregate(aggregate, ({ events }) => {
    const found = events.find((event) => event.name === name)
    if (found) change(found)
  })

export const inRule = (aggregate: string, id: string, change: (rule: Rule) => void): Recipe =>
  inAggregate(aggregate, ({ rules }) => {
    const found = rules.find((rule) => rule.id === id)
    if (found) change(found)
  })

export const inProjection =
  (id: string, change: (projection: Projection) => void): Recipe =>
  (draft) => {
    const found = draft.projections.find((projection) => projection.id === id)
    if (found) change(found)
  }

export const inPolicy =
  (id: string, change: (policy: Policy) => void): Recipe =>
  (draft) => {
    const found = draft.policies.find((policy) => policy.id === id)
    if (found) change(found)
  }

export const inService =
  (id: string, change: (service: Service) => void): Recipe =>
  (draft) => {
    const found = findService(draft, id)
    if (found) change(found)
  }

export const inOperation = (service: string, id: string, change: (operation: Operation) => void): Recipe =>
  inService(service, ({ operations }) => {
    const found = operations.find((operation) => operation.id === id)
    if (found) change(found)
  })

/** An optional text that is emptied is left out. */
export function setText<K extends string>(
  owner: { [key in K]?: string | undefined },
  key: K,
  text: string,
): void {
  if (text === '') delete owner[key]
  else owner[key] = text
}
