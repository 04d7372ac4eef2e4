import type { UiStatus } from '@/components/ui/state'
import type { CompensationStatus, NodeView } from '@/core/saga'

/** How a step's own work looks. That its effect is unknown is told beside it. */
export const nodeUiStatus = (node: NodeView): UiStatus => node.status

const COMPENSATIONS: Readonly<Record<CompensationStatus, UiStatus>> = {
  pending: 'pending',
  running: 'compensating',
  retrying: 'retrying',
  compensated: 'compensated',
  failed: 'compensation-failed',
}

export const compensationUiStatus = (status: CompensationStatus): UiStatus => COMPENSATIONS[status]

/** What the step left in the outside world, in words. */
export function effectWords(node: NodeView): string {
  const undone = node.compensation?.status === 'compensated'
  switch (node.effect) {
    case 'done':
      return undone ? 'The work was done, and undone since' : 'The work was done'
    case 'unknown':
      return undone
        ? 'Nobody knew whether the work was done; it was undone to be sure'
        : 'Nobody knows whether the work was done'
    default:
      return 'Nothing was done'
  }
}
