import {
  decide,
  designPath,
  isRounds,
  joinPath,
  type NodePath,
  type OperatorAction,
  placeInDesign,
  type SagaPlan,
  type SagaState,
} from '@/core/saga'

/** Why an operator's action would be refused now, in words; null when it would be taken. */
export function refusalOf(plan: SagaPlan, state: SagaState, act: OperatorAction): string | null {
  // The core itself is asked, at a time that is part of no decision about refusal, and for a reason that will be given.
  const at = state.startedAt ?? 0
  const result = decide(plan, state, { type: 'operator', act, by: 'page', reason: 'asked', at })
  if (result.ok) return null
  return result.error.code === 'ACTION_REFUSED' ? result.error.message : result.error.code
}

/**
 * What a person calls a node: its name, or its id; within others with what it stands in: `Parcels #2 › Label`.
 */
export function nodeName(plan: SagaPlan, path: NodePath): string {
  const place = plan.place(path)
  if (!place) return placeName(plan, path)
  const own = place.graph.node(place.nodeId)?.name ?? place.nodeId
  const here = place.round === null ? own : `${own} #${place.round + 1}`
  return place.scope === '' ? here : `${nodeName(plan, place.scope)} › ${here}`
}

/** The name of a place in the design, whatever the round: `Parcels › Label`. */
export function placeName(plan: SagaPlan, place: NodePath): string {
  const found = placeInDesign(plan, place)
  if (!found) return place
  const own = found.graph.node(found.nodeId)?.name ?? found.nodeId
  const outer = designPath(found.scope)
  return outer === '' ? own : `${placeName(plan, outer)} › ${own}`
}

/** What a step's compensation is called. */
export function compensationName(plan: SagaPlan, nodeId: string): string {
  return plan.step(nodeId)?.compensation?.name ?? `undo ${nodeName(plan, nodeId)}`
}

/** Every place in the design where a step does something: what a fault can be put at. */
export function stepPlaces(plan: SagaPlan): readonly NodePath[] {
  const walk = (scope: NodePath, prefix: NodePath): readonly NodePath[] =>
    (plan.graph(scope)?.order ?? []).flatMap((node) => {
      const here = joinPath(prefix, node.id)
      const path = joinPath(scope, node.id)
      if (node.type === 'step') return [here]
      if (node.type === 'saga') return walk(path, here)
      if (!isRounds(node)) return []
      return node.body.type === 'step' ? [here] : walk(joinPath(path, 0), here)
    })
  return walk('', '')
}
