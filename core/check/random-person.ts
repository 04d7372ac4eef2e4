import { designPath } from '../saga/path'
import type { SagaPlan } from '../saga/plan'
import type { SagaState } from '../saga/state'
import type { OperatorAction, Stimulus } from '../saga/stimulus'
import { nodesOf } from '../saga/unfold'
import type { Draws } from './random-walk'
import type { Position } from './transition'

export const nodeOf = (plan: SagaPlan, state: SagaState, draw: number): string => {
  const paths = nodesOf(plan, state)
  return paths[draw % paths.length] ?? 'start'
}

const ACTIONS = [
  'pause',
  'resume',
  'cancel',
  'compensate',
  'retry',
  'skip',
  'resume',
  'retry',
  'step',
  'fail',
  'retry-compensation',
  'mark-compensated',
  'leave-compensation',
  'retry-compensation',
  'signal',
  'decide',
  'set-data',
  'set-speed',
  'set-breakpoints',
] as const

export function operatorAct(plan: SagaPlan, state: SagaState, draws: Draws): OperatorAction {
  const next = () => draws() ?? 0
  const action = ACTIONS[next() % ACTIONS.length] ?? 'resume'
  const nodeId = nodeOf(plan, state, next())
  switch (action) {
    case 'retry':
    case 'retry-compensation':
    case 'mark-compensated':
    case 'leave-compensation':
      return { action, nodeId }
    case 'skip':
      return { action, nodeId, output: { [nodeId]: 'by hand' } }
    case 'step':
      return next() % 2 === 0 ? { action } : { action, nodeId }
    case 'fail':
      return { action, nodeId, code: 'ByHand' }
    case 'signal':
      return { action, signal: 'Arrived', data: { arrived: true } }
    case 'decide':
      return { action, nodeId, approved: next() % 2 === 0 }
    case 'set-data':
      return { action, data: { edited: true } }
    case 'set-speed':
      return { action, mode: next() % 2 === 0 ? 'manual' : 'virtual' }
    case 'set-breakpoints':
      return { action, breakpoints: next() % 2 === 0 ? [] : [designPath(nodeId)] }
    default:
      return { action }
  }
}

/** A person who acts at random while the draws last. */
export const person =
  (draws: Draws) =>
  ({ now, state }: Position, plan: SagaPlan): Stimulus | null => {
    const draw = draws()
    if (draw === null || draw % 3 > 0) return null
    return { type: 'operator', act: operatorAct(plan, state, draws), by: 'ada', reason: 'why not', at: now }
  }
