import type { Phase, SuspendReason } from './events'
import { canHear, heldNodes } from './operator'
import type { NodePath } from './path'
import type { SagaPlan } from './plan'
import { isTerminal, nodeState, type SagaState } from './state'
import { nodesOf } from './unfold'

/** Something about a run that somebody outside it is waited for. Times are epoch ms on the run's clock. */
export type Attention =
  | {
      readonly why: 'suspended'
      readonly reason: SuspendReason
      readonly nodeId: NodePath | null
      /** The name of what went wrong, if something did. */
      readonly error: string | null
    }
  | {
      readonly why: 'approval'
      readonly nodeId: NodePath
      readonly message: string | null
      readonly expiresAt: number | null
    }
  /** It goes by steps, or stands at a breakpoint. */
  | { readonly why: 'held'; readonly nodeId: NodePath; readonly phase: Phase }
  /** The run has ended, this could not be undone, and nobody has said to leave it so. */
  | { readonly why: 'not-undone'; readonly nodeId: NodePath; readonly error: string | null }
  | {
      readonly why: 'signal'
      readonly nodeId: NodePath
      readonly signal: string
      readonly expiresAt: number | null
    }

/** A signal comes from a program: it is shown, and nobody has to see to it. */
export const needsPerson = ({ why }: Attention): boolean => why !== 'signal'

/** What a run waits for that does not come by itself, what is gravest first. */
export function attentionOf(plan: SagaPlan, state: SagaState): readonly Attention[] {
  return [
    ...suspension(state),
    ...leftUndone(state),
    ...(canHear(state) && !isTerminal(state.status) ? waitedFor(plan, state) : []),
    ...heldNodes(plan, state).map(
      (nodeId): Attention => ({
        why: 'held',
        nodeId,
        phase: state.status === 'compensating' ? 'compensation' : 'action',
      }),
    ),
  ]
}

function suspension({ suspended, error }: SagaState): readonly Attention[] {
  if (!suspended) return []
  const { reason, nodeId } = suspended
  return [{ why: 'suspended', reason, nodeId, error: reason === 'paused' ? null : (error?.code ?? null) }]
}

function leftUndone(state: SagaState): readonly Attention[] {
  return state.notUndone.flatMap((nodeId): readonly Attention[] => {
    const { compensation } = nodeState(state, nodeId)
    if (compensation?.status !== 'failed' || compensation.left) return []
    return [{ why: 'not-undone', nodeId, error: compensation.error?.code ?? null }]
  })
}

function waitedFor(plan: SagaPlan, state: SagaState): readonly Attention[] {
  return nodesOf(plan, state).flatMap((nodeId): readonly Attention[] => {
    const { status, wakeAt: expiresAt } = nodeState(state, nodeId)
    const node = status === 'waiting' ? plan.node(nodeId) : undefined
    if (node?.type === 'approval')
      return [{ why: 'approval', nodeId, message: node.message ?? null, expiresAt }]
    if (node?.type === 'signal') return [{ why: 'signal', nodeId, signal: node.signal, expiresAt }]
    return []
  })
}
