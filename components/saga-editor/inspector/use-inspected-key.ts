import { useRef } from 'react'
import type { Saga, SagaNode } from '@/core/design/saga'

interface Inspected {
  readonly saga: Saga
  readonly nodeId: string
}

/**
 * A key for the inspector of a node: another for each node that is chosen, and still the same when that node is given
 * another id, or else the field the id was typed into would lose the keyboard.
 */
export function useInspectedKey(saga: Saga | null, node: SagaNode | undefined): number {
  const last = useRef<Inspected | null>(null)
  const key = useRef(0)
  const now = saga && node ? { saga, nodeId: node.id } : null
  if (!isSame(last.current, now)) key.current += 1
  last.current = now
  return key.current
}

function isSame(before: Inspected | null, now: Inspected | null): boolean {
  if (before === null || now === null) return before === now
  if (before.saga.id !== now.saga.id) return false
  if (before.nodeId === now.nodeId) return true
  const { nodes } = now.saga
  const at = before.saga.nodes.findIndex(({ id }) => id === before.nodeId)
  const isGone = nodes.every(({ id }) => id !== before.nodeId)
  // It stands where the other stood, and nothing has come or gone: it is the other, renamed.
  return isGone && nodes.length === before.saga.nodes.length && nodes[at]?.id === now.nodeId
}
