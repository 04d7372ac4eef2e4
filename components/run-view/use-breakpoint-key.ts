'use client'
import { useEffect, useRef } from 'react'
import { nodeIdAt } from '@/components/saga-graph/graph-keys'

/** F9 sets a breakpoint for the run to come, or takes it away: at the node that has the keyboard, else at the chosen one. */
export function useBreakpointKey(chosenId: string | null, toggle: (nodeId: string) => void): void {
  const latest = useRef({ chosenId, toggle })
  latest.current = { chosenId, toggle }
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'F9' || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return
      const nodeId = nodeIdAt(document.activeElement) ?? latest.current.chosenId
      if (nodeId === null) return
      event.preventDefault()
      latest.current.toggle(nodeId)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}
