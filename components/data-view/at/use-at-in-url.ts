'use client'
import { useEffect } from 'react'
import { useDesign } from '@/lib/design-store'
import { atHref } from '../data-href'
import { useAt } from './at-context'

/** A drag passes many positions; browsers limit how often the address may change. */
const SETTLE_MS = 200

/** Keeps position and choice true in the address, so that a moment can be linked to. */
export function useAtInUrl(): void {
  const designId = useDesign((state) => state.designId)
  const position = useAt((state) => state.position)
  const streams = useAt((state) => state.streams)
  const projections = useAt((state) => state.projections)
  useEffect(() => {
    const wanted = atHref(designId, { position, streams, projections })
    const timer = setTimeout(() => {
      // a page that is being left has another path by then
      const here = new URL(wanted, location.origin)
      if (location.pathname === here.pathname && location.href !== here.href)
        history.replaceState(null, '', wanted)
    }, SETTLE_MS)
    return () => clearTimeout(timer)
  }, [designId, position, streams, projections])
}
