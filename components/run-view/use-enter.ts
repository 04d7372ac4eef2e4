'use client'
import { useCallback } from 'react'
import { isRounds, type NodePath } from '@/core/saga'
import { useRunStore } from '@/lib/run-store/run-provider'

/** Goes into what a node runs, begun or not. A step is only chosen. */
export function useEnter(): (path: NodePath) => void {
  const store = useRunStore()
  return useCallback(
    (path) => {
      const { history, enter, select } = store.getState()
      const node = history.plan.node(path)
      if (node?.type === 'saga') enter(path)
      else if (node && (isRounds(node) || node.type === 'step')) select(path)
    },
    [store],
  )
}
