'use client'
import { useEffect } from 'react'

/**
 * F10 steps the cursor forward and Shift+F10 back, as on the page of a run, wherever the keyboard is on the page.
 * @param step must stay the same from render to render
 */
export function useStepKeys(step: (by: 1 | -1) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'F10' || event.ctrlKey || event.altKey || event.metaKey) return
      event.preventDefault()
      step(event.shiftKey ? -1 : 1)
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
  }, [step])
}
