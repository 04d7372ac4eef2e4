import { decide, type OperatorAction, type SagaPlan, type SagaState } from '@/core/saga'

/** Why an operator's action would be refused now, in words; null when it would be taken. */
export function refusalOf(plan: SagaPlan, state: SagaState, act: OperatorAction): string | null {
  // The core itself is asked, at a time that is part of no decision about refusal.
  const result = decide(plan, state, { type: 'operator', act, by: 'page', at: state.startedAt ?? 0 })
  if (result.ok) return null
  return result.error.code === 'ACTION_REFUSED' ? result.error.message : result.error.code
}

/** The name a person gave a node, or its id. */
export function nodeName(plan: SagaPlan, nodeId: string): string {
  return plan.node(nodeId)?.name ?? nodeId
}

/** What a step's compensation is called. */
export function compensationName(plan: SagaPlan, nodeId: string): string {
  return plan.step(nodeId)?.compensation?.name ?? `undo ${nodeName(plan, nodeId)}`
}
