'use client'
import { useSyncExternalStore } from 'react'

/** True below `maxPx` of window width: there one views and follows, and does not edit. False while the server renders. */
export function useIsNarrow(maxPx = 900): boolean {
  const query = `(max-width: ${maxPx - 0.02}px)`
  return useSyncExternalStore(
    (onChange) => {
      const list = matchMedia(query)
      list.addEventListener('change', onChange)
      return () => list.removeEventListener('change', onChange)
    },
    () => matchMedia(query).matches,
    () => false,
  )
}
