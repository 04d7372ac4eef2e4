import { isJsonObject, type Json, type JsonObject } from '../json'
import { joinPath, type NodePath, parentPath } from './path'
import { isRounds, type Place, type RoundsNode, type SagaPlan } from './plan'
import { dataOf, isActive, type NodeState, nodeState, type RoundsState, type SagaState } from './state'
import { mayBegin } from './unfold'

/** Shallow merge; a result that is not an object has no names to merge under and changes nothing. */
export const merge = (data: JsonObject, patch: Json): JsonObject =>
  isJsonObject(patch) && Object.keys(patch).length > 0 ? { ...data, ...patch } : data

/** A round whose turn it is: the next of a map with fewer under way than it may have, or of a loop that goes on. */
export function isRoundReady(state: SagaState, place: Place): boolean {
  const path = parentPath(place.path)
  const node = place.graph.node(place.nodeId)
  const { status, rounds } = nodeState(state, path)
  if (!node || !isRounds(node) || status !== 'running' || !rounds) return false
  const here = nodeState(state, place.path)
  if (here.status !== 'pending') return false
  // It was begun before: a person has it tried again.
  if (place.round !== null && place.round < rounds.begun) return true
  if (place.round !== rounds.begun || !mayBegin(node, rounds)) return false
  return node.type === 'loop'
    ? rounds.judged === rounds.begun
    : roundPaths(path, rounds).filter((round) => isActive(nodeState(state, round)) || isOpen(state, round))
        .length < node.maxConcurrency
}

/** A round that failed and was put back to be tried again counts as under way. */
const isOpen = (state: SagaState, path: NodePath): boolean => nodeState(state, path).status === 'pending'

export const roundPaths = (path: NodePath, { begun }: RoundsState): readonly NodePath[] =>
  Array.from({ length: begun }, (_, round) => joinPath(path, round))

const isThrough = ({ status }: NodeState): boolean => status === 'succeeded' || status === 'skipped'

/** Whether every round that was begun is through. */
export const areThrough = (state: SagaState, path: NodePath, rounds: RoundsState): boolean =>
  roundPaths(path, rounds).every((round) => isThrough(nodeState(state, round)))

/** What the rounds returned: of a map the list, of a loop the merge. */
export function resultOf(state: SagaState, path: NodePath, node: RoundsNode): Json {
  const { rounds } = nodeState(state, path)
  const states = rounds ? roundPaths(path, rounds).map((round) => nodeState(state, round)) : []
  if (node.type === 'map') return states.map(({ output }) => output)
  // What a command answers is for its compensation to read; what a person gave in its place is for the loop.
  const isCommand = node.body.type === 'step' && node.body.action.type === 'command'
  const returned = isCommand ? states.filter(({ counts }) => counts) : states
  return returned.map(({ output }) => output).reduce<JsonObject>(merge, {})
}

/** What an expression about a round is told: the item or the last round's result, and the data. */
export function roundArgs(plan: SagaPlan, state: SagaState, place: Place): readonly [Json, JsonObject] {
  const path = parentPath(place.path)
  const node = place.graph.node(place.nodeId)
  const data = dataOf(state, place.scope)
  if (!node || !isRounds(node) || place.round === null) return [null, data]
  if (node.type === 'map') return [nodeState(state, path).rounds?.items?.[place.round] ?? null, data]
  const last = place.round === 0 ? null : nodeState(state, joinPath(path, place.round - 1)).output
  return [last, loopData(plan, state, path)]
}

/** A loop's data: what its rounds have returned so far, merged into that around it. */
export function loopData(plan: SagaPlan, state: SagaState, path: NodePath): JsonObject {
  const place = plan.place(path)
  const data = dataOf(state, place?.scope ?? '')
  return place && isRounds(place.node) && place.node.type === 'loop'
    ? merge(data, resultOf(state, path, place.node))
    : data
}

/** What a node is given when no expression says otherwise: the data, or its item. */
export function defaultInput(plan: SagaPlan, state: SagaState, path: NodePath): Json {
  if (!plan.isNested) return state.data
  const place = plan.place(path)
  if (!place) return state.data
  if (place.round === null) return dataOf(state, place.scope)
  const [value, data] = roundArgs(plan, state, place)
  return place.graph.node(place.nodeId)?.type === 'map' ? value : data
}

/** Another saga's input is an object: an item that is none is given under its own name. */
export const asSagaInput = (input: Json): JsonObject => (isJsonObject(input) ? input : { item: input })
