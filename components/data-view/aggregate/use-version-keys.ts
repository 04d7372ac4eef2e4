'use client'
import { useEffect } from 'react'
import { useStreamStore } from './stream-context'

/** F10 steps the cursor forward and Shift+F10 back, as on the page of a run, wherever the keyboard is on the page. */
export function useVersionKeys(): void {
  const store = useStreamStore()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'F10' || event.ctrlKey || event.altKey || event.metaKey) return
      event.preventDefault()
      store.getState().step(event.shiftKey ? -1 : 1)
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
  }, [store])
}
