import type { Design } from '@/core/design/document'
import { type Phase, placeInDesign, type SagaPlan } from '@/core/saga'

export interface NamedError {
  readonly name: string
  readonly kind: 'business' | 'technical'
  readonly description?: string
}

/** Errors that one half of a step gives by its contract: those of its operation, or its command's rejections. */
export function contractErrors(
  design: Design,
  plan: SagaPlan,
  nodeId: string,
  phase: Phase,
): readonly NamedError[] {
  const node = placeInDesign(plan, nodeId)?.node
  const step = node?.type === 'step' ? node : undefined
  const action = phase === 'action' ? step?.action : step?.compensation?.action
  if (!action) return []
  if (action.type === 'script') return named(action.code, 'fail')
  if (action.type === 'call') {
    const service = design.services.find(({ id }) => id === action.service)
    return service?.operations.find(({ id }) => id === action.operation)?.errors ?? []
  }
  const aggregate = design.aggregates.find(({ id }) => id === action.aggregate)
  const command = aggregate?.commands.find(({ name }) => name === action.command)
  return named(command?.decide ?? '', 'reject')
}

/** Names that code refuses with, as they stand in it: `reject('EmptyOrder', …)`. A suggestion, not an analysis. */
function named(code: string, by: 'fail' | 'reject'): readonly NamedError[] {
  const found = [...code.matchAll(new RegExp(`\\b${by}\\(\\s*['"\`]([A-Za-z][\\w.]*)`, 'g'))].map(
    (match) => match[1] ?? '',
  )
  return [...new Set(found)].map((name) => ({ name, kind: 'business' as const }))
}
