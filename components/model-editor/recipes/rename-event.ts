import type { Aggregate, Policy, Projection } from '@/core/design/aggregate'
import type { Design } from '@/core/design/document'
import { hears, knows, placeKey } from '@/core/model-map'
import { renameEventInScenarios } from '@/lib/scenarios/follow'
import { movePlace } from './places'
import { rewritePolicy } from './rename-aggregate'
import { renameEventName } from './rename-code'
import { freeName } from './skeletons'

/** Renames an event where it is defined, emitted, folded, projected, reacted to and told of in scenarios. */
export function renameEvent(draft: Design, aggregateId: string, from: string, to: string): void {
  const aggregate = draft.aggregates.find(({ id }) => id === aggregateId)
  const event = aggregate?.events.find(({ name }) => name === from)
  if (aggregate === undefined || event === undefined) return
  renameEventInScenarios(draft, aggregateId, from, to)
  event.name = to
  for (const command of aggregate.commands) command.decide = renameEventName(command.decide, from, to)
  for (const other of aggregate.events) other.evolve = renameEventName(other.evolve, from, to)
  const others = draft.aggregates.filter((one) => one.id !== aggregateId && knows(one, from))
  for (const projection of draft.projections) renameInProjection(projection, aggregateId, from, to, others)
  renameInPolicies(draft, from, to, others.length > 0)
  movePlace(draft, placeKey.event(aggregateId, from), placeKey.event(aggregateId, to))
}

function renameInProjection(
  projection: Projection,
  aggregateId: string,
  from: string,
  to: string,
  others: readonly Aggregate[],
): void {
  const handler = projection.on[from]
  if (!hears(projection, aggregateId)) return
  const shared = others.some(({ id }) => hears(projection, id))
  if (!shared) projection.key = renameEventName(projection.key, from, to)
  if (handler === undefined) return
  const renamed = renameEventName(handler, from, to)
  // the handler keeps its place among the others; it stays under the old name too while somebody else emits that
  projection.on = Object.fromEntries(
    Object.entries(projection.on).flatMap(([type, code]) => {
      if (type !== from) return [[type, code]]
      return shared
        ? [
            [from, handler],
            [to, renamed],
          ]
        : [[to, renamed]]
    }),
  )
}

/** A policy listens to the whole design: while others emit the old name it stays, and a copy hears the new one. */
function renameInPolicies(draft: Design, from: string, to: string, shared: boolean): void {
  for (const policy of draft.policies.filter(({ on }) => on === from)) {
    const follower: Policy = shared ? { ...policy, reaction: { ...policy.reaction } } : policy
    follower.on = to
    rewritePolicy(follower, (code) => renameEventName(code, from, to))
    if (!shared) continue
    follower.id = freeName(
      policy.id,
      draft.policies.map(({ id }) => id),
    )
    draft.policies.push(follower)
  }
}
