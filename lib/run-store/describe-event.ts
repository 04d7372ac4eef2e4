import { assertNever } from '@/core/result'
import type { NodePath, SagaEvent, SagaEventData, SagaPlan } from '@/core/saga'
import { formatDuration } from './duration'
import { nodeName } from './operator'

/** What an event says, in one sentence without a full stop. The same in the list, the log and the live region. */
export function describeEvent(plan: SagaPlan, event: SagaEvent): string {
  const node = (id: string) => nodeName(plan, id)
  const undo = (id: string) => undoName(plan, id)
  const again = (attempt: number) => (attempt > 1 ? `, attempt ${attempt}` : '')
  switch (event.type) {
    case 'SagaStarted':
      return `The saga started in ${event.data.mode} mode`
    case 'StepStarted':
      return `${node(event.data.nodeId)} started${again(event.data.attempt)}`
    case 'StepCompleted':
      return `${node(event.data.nodeId)} succeeded`
    case 'StepAttemptFailed':
      return `${node(event.data.nodeId)} failed with ${event.data.error.code}; it will be tried again`
    case 'StepTimedOut':
      return `${node(event.data.nodeId)} gave no answer within ${formatDuration(event.data.timeoutMs)}: its outcome is unknown`
    case 'StepFailed':
      return `${node(event.data.nodeId)} failed with ${event.data.error.code}${event.data.unknown ? '; its outcome is unknown' : ''}`
    case 'StepSkipped':
      return `${node(event.data.nodeId)} was skipped by a person`
    case 'StepOutcomeArrivedLate':
      return `A late answer came from ${event.data.phase === 'action' ? node(event.data.nodeId) : undo(event.data.nodeId)}: it ${event.data.outcome.type}`
    case 'ChoiceTaken':
      return `${node(event.data.nodeId)} took ${branchName(plan, event.data.nodeId, event.data.branch)}`
    case 'TimerSet':
      return `${node(event.data.nodeId)} waits ${formatDuration(event.data.fireAt - event.data.at)}`
    case 'TimerFired':
      return `${node(event.data.nodeId)} is over`
    case 'ApprovalRequested':
      return `${node(event.data.nodeId)} waits for a decision`
    case 'ApprovalDecided':
      return `${event.data.by} ${event.data.approved ? 'approved' : 'rejected'} ${node(event.data.nodeId)}`
    case 'SignalAwaited':
      return `${node(event.data.nodeId)} waits for a signal`
    case 'SignalReceived':
      return `Signal ${event.data.signal} came${event.data.nodeId === null ? ' before it was waited for' : ` for ${node(event.data.nodeId)}`}`
    case 'SignalMatched':
      return `${node(event.data.nodeId)} took a signal that had come before`
    case 'SubSagaStarted':
      return `${node(event.data.nodeId)} began its saga`
    case 'SubSagaCompleted':
      return `${node(event.data.nodeId)} completed its saga`
    case 'MapStarted':
      return `${node(event.data.nodeId)} began with ${event.data.items.length} ${event.data.items.length === 1 ? 'item' : 'items'}`
    case 'MapCompleted':
      return `${node(event.data.nodeId)} went through all its items`
    case 'LoopStarted':
      return `${node(event.data.nodeId)} began its rounds`
    case 'LoopJudged':
      return `${node(event.data.nodeId)} ${event.data.done ? 'is done' : 'goes on'} after round ${event.data.round + 1}`
    case 'LoopCompleted':
      return `${node(event.data.nodeId)} is through its rounds`
    case 'FaultInjected':
      return event.data.fault === 'crash'
        ? `The engine was made to crash at ${node(event.data.nodeId)}`
        : `The request of ${node(event.data.nodeId)} was delivered twice`
    case 'SagaCompensating':
      return `Compensation began after ${event.data.error.code}: ${count(event.data.steps.length)} to undo`
    case 'CompensationStarted':
      return `${undo(event.data.nodeId)} started${again(event.data.attempt)}`
    case 'CompensationCompleted':
      return `${undo(event.data.nodeId)} done: ${node(event.data.nodeId)} is undone`
    case 'CompensationAttemptFailed':
      return `${undo(event.data.nodeId)} failed with ${event.data.error.code}; it will be tried again`
    case 'CompensationFailed':
      return `${undo(event.data.nodeId)} failed for good: ${node(event.data.nodeId)} is not undone`
    case 'SagaSuspended':
      return event.data.reason === 'paused'
        ? 'The saga is paused'
        : 'The saga is suspended and waits for a person'
    case 'SagaResumed':
      return 'The saga goes on'
    case 'SagaForked':
      return `${event.data.by} forked the run here${forkChanges(event.data)}`
    case 'OperatorActed':
      return `${event.data.by} asked for ${event.data.action}${event.data.nodeId === undefined ? '' : ` at ${node(event.data.nodeId)}`}`
    case 'SagaCompleted':
      return 'The saga completed'
    case 'SagaCompensated':
      return 'The saga is compensated: everything was undone'
    case 'SagaFailed':
      return `The saga failed: ${count(event.data.notUndone.length)} not undone`
    default:
      return assertNever(event)
  }
}

/** What undoes a step; within others, of which one: `Void the label (Parcels #3)`. */
function undoName(plan: SagaPlan, path: NodePath): string {
  const named = plan.step(path)?.compensation?.name
  if (named === undefined) return `Undo ${nodeName(plan, path)}`
  return path.includes('/') ? `${named} (${nodeName(plan, path)})` : named
}

const count = (steps: number) => `${steps} ${steps === 1 ? 'step' : 'steps'}`

function branchName(plan: SagaPlan, nodeId: string, branch: string): string {
  const node = plan.node(nodeId)
  const found = node?.type === 'choice' ? node.branches.find(({ id }) => id === branch) : undefined
  return found?.name ?? branch
}

/** What is other in a fork than in the run it comes from. */
function forkChanges({ data, scopes, faults, mode, seed }: SagaEventData['SagaForked']): string {
  const changed = [
    data === undefined && scopes === undefined ? '' : 'other data',
    faults === undefined ? '' : faults.length === 0 ? 'no faults' : 'other faults',
    mode === undefined ? '' : `${mode} mode`,
    seed === undefined ? '' : 'another seed',
  ].filter((word) => word !== '')
  return changed.length === 0 ? '' : `, with ${changed.join(', ')}`
}
