import type { RunAction } from '@/core/protocol'
import type { NodePath, OperatorAction } from '@/core/saga'

/** What may be done about one node, as a person is offered it. */
export interface NodeOperation {
  readonly action: Exclude<RunAction['action'], 'add-fault' | 'lift-faults'>
  readonly label: string
  readonly title: string
  readonly says: string
  readonly danger?: true
  /** The log must say how. */
  readonly needsReason?: true
  /** What the core is asked whether it would take. */
  readonly probe: (path: NodePath) => OperatorAction
}

const about =
  (action: 'retry' | 'retry-compensation' | 'mark-compensated' | 'leave-compensation') =>
  (nodeId: NodePath): OperatorAction => ({ action, nodeId })

/** In the order in which they are offered. */
export const NODE_OPERATIONS: readonly NodeOperation[] = [
  {
    action: 'step',
    label: 'Step',
    title: 'Let it begin',
    says: 'This node, and nothing else that is held.',
    probe: (nodeId) => ({ action: 'step', nodeId }),
  },
  {
    action: 'retry',
    label: 'Retry',
    title: 'Retry the step',
    says: 'One more attempt under the same idempotency key.',
    probe: about('retry'),
  },
  {
    action: 'skip',
    label: 'Skip',
    title: 'Skip the step',
    says: 'The run goes on as if the step had given this output.',
    probe: (nodeId) => ({ action: 'skip', nodeId, output: {} }),
  },
  {
    action: 'fail',
    label: 'Fail',
    title: 'Fail the step',
    says: 'As if it had failed by itself. Of one that is under way nobody knows what became of it: it is undone to be sure.',
    danger: true,
    probe: (nodeId) => ({ action: 'fail', nodeId, code: 'FailedByHand' }),
  },
  {
    action: 'retry-compensation',
    label: 'Retry compensation',
    title: 'Try to undo it once more',
    says: 'One more attempt under the same idempotency key; the saga ends anew.',
    probe: about('retry-compensation'),
  },
  {
    action: 'mark-compensated',
    label: 'Mark as compensated',
    title: 'It was undone by hand',
    says: 'Nothing is called. Say how it was undone: the log keeps it.',
    needsReason: true,
    probe: about('mark-compensated'),
  },
  {
    action: 'leave-compensation',
    label: 'Leave it',
    title: 'Leave it not undone',
    says: 'It no longer waits for anybody.',
    probe: about('leave-compensation'),
  },
]
