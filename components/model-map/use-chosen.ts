'use client'
import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useState } from 'react'

/**
 * What is chosen on the map, by its place key. It stands in the address too (`?at=event/Order/OrderShipped`), so that
 * reload and links keep it; but the address follows a moment later, and a key pressed in between must not act on
 * what was chosen before.
 */
export function useChosen(): readonly [string | null, (id: string | null) => void] {
  const pathname = usePathname()
  const linked = useSearchParams().get('at')
  const [chosen, setChosen] = useState(linked)
  // biome-ignore lint/correctness/useExhaustiveDependencies: it tells that the address is another; what it is, the address says itself
  useEffect(() => setChosen(new URLSearchParams(location.search).get('at')), [linked])
  const choose = useCallback(
    (id: string | null) => {
      setChosen(id)
      const query = id === null ? '' : `?at=${encodeURIComponent(id).replaceAll('%2F', '/')}`
      // going from card to card is no way that one goes back
      history.replaceState(null, '', `${pathname}${query}`)
    },
    [pathname],
  )
  return [chosen, choose]
}
