'use client'
import { useCallback } from 'react'
import { Switch } from '@/components/ui/switch'
import { designPath, isTerminal, type NodePath } from '@/core/saga'
import { useRun, useRunStore } from '@/lib/run-store/run-provider'
import { isPast, stateNow } from '@/lib/run-store/run-store'
import { useRunAct } from './use-run-act'

/** Sets a breakpoint at a node's place in the design, or takes it away. */
export function useToggleBreakpoint(): (path: NodePath) => void {
  const store = useRunStore()
  const act = useRunAct()
  return useCallback(
    (path) => {
      const { breakpoints = [], status } = stateNow(store.getState())
      if (isTerminal(status) || isPast(store.getState())) return
      const place = designPath(path)
      const next = breakpoints.includes(place)
        ? breakpoints.filter((other) => other !== place)
        : [...breakpoints, place]
      void act({ action: 'set-breakpoints', breakpoints: next })
    },
    [store, act],
  )
}

/** While the run goes on: whether it stops before this node. */
export function BreakpointToggle({ path }: { readonly path: NodePath }) {
  const toggle = useToggleBreakpoint()
  const isSet = useRun((run) => stateNow(run).breakpoints?.includes(designPath(path)) ?? false)
  const past = useRun(isPast)
  const ended = useRun((run) => isTerminal(stateNow(run).status))
  if (ended) return null
  return (
    <div className="border-b border-line px-3 py-2">
      <Switch
        label="Breakpoint (F9)"
        description={
          past ? 'In the past: return to live to set it.' : 'The run stops here, and goes on when you step.'
        }
        disabled={past}
        checked={isSet}
        onCheckedChange={() => toggle(path)}
      />
    </div>
  )
}
