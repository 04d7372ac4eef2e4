import { designPath } from '../saga/path'
import type { SagaPlan } from '../saga/plan'
import { type NodeStatus, nodeState, type SagaState } from '../saga/state'
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
  'lift-faults',
] as const

/** What is done about a node that has not gone well. */
const ABOUT_TROUBLE = ['retry', 'skip', 'fail', 'skip', 'set-data', 'decide'] as const

/** One that a person has something to do about, if there is any. */
function troubledNode(plan: SagaPlan, state: SagaState, draw: number): string | undefined {
  const troubled = nodesOf(plan, state).filter((path) => TROUBLE.has(nodeState(state, path).status))
  return troubled[draw % troubled.length]
}

const TROUBLE: ReadonlySet<NodeStatus> = new Set(['retrying', 'waiting', 'failed', 'timed-out'])

export function operatorAct(plan: SagaPlan, state: SagaState, draws: Draws): OperatorAction {
  const next = () => draws() ?? 0
  const troubled = next() % 2 === 0 ? troubledNode(plan, state, next()) : undefined
  const actions = troubled === undefined ? ACTIONS : ABOUT_TROUBLE
  const action = actions[next() % actions.length] ?? 'resume'
  const nodeId = troubled ?? nodeOf(plan, state, next())
  switch (action) {
    case 'retry':
    case 'retry-compensation':
    case 'mark-compensated':
    case 'leave-compensation':
      return { action, nodeId }
    case 'skip':
      return { action, nodeId, output: { [nodeId]: 'by hand' } }
    case 'step':
    case 'lift-faults':
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

/** A person who acts at random while the draws last, and always where nothing goes on without one. */
export const person =
  (draws: Draws) =>
  ({ now, state }: Position, plan: SagaPlan): Stimulus | null => {
    const draw = draws()
    if (draw === null || (draw % 3 > 0 && state.status !== 'suspended')) return null
    return { type: 'operator', act: operatorAct(plan, state, draws), by: 'ada', reason: 'why not', at: now }
  }
