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
  const place = designPath(at.nodeId)
  return faults.find(
    (fault, index) =>
      (fault.node === at.nodeId || fault.node === place) &&
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
