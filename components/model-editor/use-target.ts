'use client'
import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback } from 'react'
import { type ModelTarget, readTarget, targetText } from './recipes/target'

/** What is looked at stands in the address (`?at=command:Order.ConfirmOrder`): back, reload and links keep it. */
export function useTarget(): readonly [ModelTarget | null, (target: ModelTarget | null) => void] {
  const pathname = usePathname()
  const text = useSearchParams().get('at')
  const go = useCallback(
    (target: ModelTarget | null) => {
      const query =
        target === null ? '' : `?at=${encodeURIComponent(targetText(target)).replaceAll('%3A', ':')}`
      history.pushState(null, '', `${pathname}${query}`)
    },
    [pathname],
  )
  return [text === null ? null : readTarget(text), go]
}
