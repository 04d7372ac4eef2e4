import type { Fault } from '../design/fault'
import { randomAt } from '../random'
import type { Phase } from './events'
import { designPath, type NodePath } from './path'

export { type Fault, type FaultInput, faultSchema } from '../design/fault'

interface AttemptAt {
  readonly nodeId: NodePath
  readonly phase: Phase
  readonly attempt: number
}

/** Whether a fault is put at this node: at its path, or at its place in the design. */
export const isAt = (fault: Fault, nodeId: NodePath): boolean =>
  fault.node === nodeId || fault.node === designPath(nodeId)

/** A fault that strikes once is told by this from the others that have. */
export const injectedKey = (fault: 'crash' | 'duplicate', { phase, nodeId, attempt }: AttemptAt): string =>
  `${fault}:${phase}:${nodeId}:${attempt}`

/**
 * The first fault that applies to this attempt, if any.
 * @param injected those that strike once and have
 */
export function faultFor(
  faults: readonly Fault[],
  seed: string,
  at: AttemptAt,
  injected: readonly string[] = [],
): Fault | undefined {
  if (faults.length === 0) return undefined
  return faults.find(
    (fault, index) =>
      isAt(fault, at.nodeId) &&
      fault.phase === at.phase &&
      (fault.attempt === undefined || fault.attempt === at.attempt) &&
      !hasStruck(fault, at, injected) &&
      randomAt(seed, 'fault', index, at.nodeId, at.phase, at.attempt) < fault.probability,
  )
}

function hasStruck({ effect }: Fault, at: AttemptAt, injected: readonly string[]): boolean {
  return (
    (effect.type === 'crash' || effect.type === 'duplicate') &&
    injected.includes(injectedKey(effect.type, at))
  )
}
