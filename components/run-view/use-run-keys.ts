'use client'
import { useEffect } from 'react'
import { useRunStore } from '@/lib/run-store/run-provider'
import { isPast, viewShown } from '@/lib/run-store/run-store'
import { useToggleBreakpoint } from './breakpoint-toggle'
import { useRunAct } from './use-run-act'

/**
 * F10 lets begin what is held, or else steps the cursor forward; Shift+F10 steps it back; F9 sets a breakpoint at the
 * chosen node. Wherever the keyboard is on the page.
 */
export function useRunKeys(): void {
  const store = useRunStore()
  const act = useRunAct()
  const toggleBreakpoint = useToggleBreakpoint()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return
      const run = store.getState()
      if (event.key === 'F9' && run.selectedId !== null) {
        event.preventDefault()
        toggleBreakpoint(run.selectedId)
      }
      if (event.key !== 'F10') return
      event.preventDefault()
      const waits = !isPast(run) && viewShown(run).held.length > 0
      if (waits && !event.shiftKey) void act({ action: 'step' })
      else run.step(event.shiftKey ? -1 : 1)
    }
    // Shift+F10 also asks for the context menu, which would cover what it stepped to.
    const onMenu = (event: MouseEvent) => {
      if (event.button !== 2) event.preventDefault()
    }
    addEventListener('keydown', onKey)
    addEventListener('contextmenu', onMenu)
    return () => {
      removeEventListener('keydown', onKey)
      removeEventListener('contextmenu', onMenu)
    }
  }, [store, act, toggleBreakpoint])
}
