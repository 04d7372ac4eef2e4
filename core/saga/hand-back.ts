import type { SagaNode } from '../design/saga'
import { type JsonObject, sameJson } from '../json'
import type { NodePath } from './path'
import { isRounds, type SagaPlan } from './plan'
import { merge, resultOf, roundPaths } from './rounds'
import { dataOf, nodeState, own, type SagaState } from './state'

/**
 * What a saga within, or a loop of one, hands back when no expression says so: its result, but for what it was given
 * from the data around it and left as it was, where that has been changed meanwhile by what ran beside it.
 * @returns null when merging the result as it is does just that
 */
export function handedBack(
  { plan, state }: { readonly plan: SagaPlan; readonly state: SagaState },
  path: NodePath,
  node: SagaNode,
): JsonObject | null {
  const place = plan.place(path)
  // What a round returns is its map's or loop's to merge; what an expression gave, no other branch writes.
  if (!place || place.round !== null) return null
  const changed = changedWithin(state, path, node)
  if (changed === null) return null
  const around = dataOf(state, place.scope)
  const result = isRounds(node) ? resultOf(state, path, node) : dataOf(state, path)
  const isStale = Object.entries(result as JsonObject).some(
    ([key, value]) => own(changed, key) === undefined && !sameJson(own(around, key), value),
  )
  return isStale ? changed : null
}

/** Null when it was not given the data around it. */
function changedWithin(state: SagaState, path: NodePath, node: SagaNode): JsonObject | null {
  if (node.type === 'saga') return node.input === undefined ? changedIn(state, path) : null
  if (node.type !== 'loop' || node.body.type !== 'saga' || node.body.input !== undefined) return null
  const { rounds } = nodeState(state, path)
  const paths = rounds ? roundPaths(path, rounds) : []
  return paths.reduce<JsonObject>((changes, round) => merge(changes, changedIn(state, round)), {})
}

/** Of the saga that ran at `path`. One that a person passed over has run nothing: what was given for it stands. */
function changedIn(state: SagaState, path: NodePath): JsonObject {
  const { status, output } = nodeState(state, path)
  if (status === 'skipped') return merge({}, output)
  const scope = own(state.scopes ?? {}, path)
  if (!scope) return {}
  const changes = Object.entries(scope.data).filter(([key, value]) => !sameJson(own(scope.input, key), value))
  return Object.fromEntries(changes)
}
