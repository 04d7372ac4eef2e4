import type { CodeEvent } from '../code/contract'
import type { Aggregate, EventDefinition } from '../design/aggregate'
import { codeId } from '../design/code-id'

/**
 * Says which upcasters an event of this aggregate has to pass before `evolve` or a projection sees it. An event without
 * a schema version is one of now; so is one that is newer than the definition, which nothing brings down again.
 */
export function liftEvent(aggregate: Aggregate, event: CodeEvent): CodeEvent {
  const { schemaVersion } = event
  if (schemaVersion === undefined) return event
  const definition = aggregate.events.find(({ name }) => name === event.type)
  if (definition === undefined || schemaVersion >= definition.version) return event
  const lift = definition.upcasters
    .slice(schemaVersion - 1, definition.version - 1)
    .map((_, index) => codeId.upcast(aggregate.id, definition.name, schemaVersion + index))
  return lift.length === 0 ? event : { ...event, lift }
}

export const isLifted = ({ upcasters }: EventDefinition): boolean => upcasters.length > 0

/** The upcasters that a projection of these aggregates depends on: another text, other rows. */
export const upcastersOf = (aggregates: readonly Aggregate[]): readonly (readonly unknown[])[] =>
  aggregates.flatMap(({ id, events }) =>
    events.filter(isLifted).map(({ name, version, upcasters }) => [id, name, version, upcasters]),
  )
