import { WorkbenchError } from '@/core/errors'
import { type Fault, placeInDesign, type SagaPlan } from '@/core/saga'
import type { LoadedDesign } from '../engine/loaded-design'

/** @throws {WorkbenchError} DESIGN_NOT_RUNNABLE with the problems */
export function assertRunnable(loaded: LoadedDesign, sagaId: string): void {
  const blocking = loaded.blocking(sagaId)
  if (blocking.length === 0) return
  const issues = blocking.map(({ path, message, code }) => ({ path, message, code }))
  throw new WorkbenchError(
    'DESIGN_NOT_RUNNABLE',
    `Saga "${sagaId}" cannot run in version ${loaded.version}: ${blocking[0]?.message ?? ''}`,
    { issues },
  )
}

/** @throws {WorkbenchError} NODE_NOT_FOUND when a fault is at no step of the saga */
export function checkFaults(plan: SagaPlan, faults: readonly Fault[]): void {
  for (const [index, fault] of faults.entries()) {
    if (placeInDesign(plan, fault.node)?.node.type === 'step') continue
    throw new WorkbenchError(
      'NODE_NOT_FOUND',
      `Fault ${index + 1} is at "${fault.node}", and saga "${plan.saga.id}" has no such step.`,
      { issues: [{ path: ['faults', index, 'node'], message: 'no such step' }] },
    )
  }
}
