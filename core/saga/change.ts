import type { Json, JsonObject } from '../json'
import { changedNode, withEntry, withState } from './copy'
import type { SagaError } from './events'
import { type NodePath, parentPath } from './path'
import type { SagaPlan } from './plan'
import { merge } from './rounds'
import {
  type CompensationState,
  dataOf,
  hasFailed,
  type NodeState,
  nodeState,
  PENDING_COMPENSATION,
  type SagaState,
} from './state'

/** Small changes to a state, from which `evolve` is made. Each gives a new one; what is untouched keeps its identity. */
export function withNode(state: SagaState, path: NodePath, change: Partial<NodeState>): SagaState {
  const node = changedNode(nodeState(state, path), change, state.seq)
  return withState(state, { nodes: withEntry(state.nodes, path, node) })
}

export function withCompensation(
  state: SagaState,
  path: NodePath,
  change: Partial<CompensationState>,
): SagaState {
  const node = nodeState(state, path)
  const compensation = { ...(node.compensation ?? PENDING_COMPENSATION), ...change, lastSeq: state.seq }
  const changed = changedNode(node, { compensation })
  return withState(state, { nodes: withEntry(state.nodes, path, changed) })
}

/** Merges what a node returned into the data of its saga. What a round returns is its map's or loop's to merge. */
export function mergeFrom(plan: SagaPlan, state: SagaState, path: NodePath, patch: Json): SagaState {
  if (!plan.isNested) return withState(state, { data: merge(state.data, patch) })
  const place = plan.place(path)
  if (!place || place.round !== null) return state
  return withData(state, place.scope, merge(dataOf(state, place.scope), patch))
}

export function withData(state: SagaState, scope: NodePath, data: JsonObject): SagaState {
  if (scope === '') return withState(state, { data })
  const before = state.scopes?.[scope] ?? { input: data, data }
  return withState(state, { scopes: withEntry(state.scopes ?? {}, scope, { ...before, data }) })
}

/** A round that begins, or fails before it could, counts: its map or loop does not begin it again. */
export function countRound(plan: SagaPlan, state: SagaState, path: NodePath): SagaState {
  if (!plan.isNested) return state
  const round = plan.place(path)?.round ?? null
  const outer = parentPath(path)
  const before = nodeState(state, outer)
  if (round === null || !before.rounds || round < before.rounds.begun) return state
  const rounds = { ...before.rounds, begun: round + 1 }
  return withState(state, { nodes: withEntry(state.nodes, outer, changedNode(before, { rounds })) })
}

/** The saga's error once a person has dealt with this node's: that of another failed node, or none. */
export function cleared(state: SagaState, path: NodePath | null): SagaError | null {
  if (state.error?.nodeId !== path) return state.error
  const other = Object.entries(state.nodes).find(([id, node]) => id !== path && hasFailed(node))
  return other?.[1].error ? { ...other[1].error, nodeId: other[0] } : null
}
