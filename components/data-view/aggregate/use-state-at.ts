'use client'
import { useEffect, useMemo, useState } from 'react'
import type { Json } from '@/core/json'
import { designsApi } from '@/lib/api/designs'
import { createStateCache } from '@/lib/data-store/state-cache'
import { useDesign } from '@/lib/design-store'
import type { InstanceId } from './stream-context'

export interface StateAt {
  readonly version: number
  readonly state: Json
  /** The state before its event; absent before the first. */
  readonly previous?: Json
}

/**
 * The state at a version and at the one before, as the server folds it. The last answer stays on the screen until
 * the next is there: a slider that is dragged does not flicker.
 */
export function useStateAt(
  { designId, aggregate, key }: InstanceId,
  version: number,
): { readonly shown: StateAt | null; readonly error: string | null } {
  // another version of the design may fold otherwise
  const designVersion = useDesign((state) => state.version)
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const cache = useMemo(
    () => createStateCache((at) => designsApi.state(designId, aggregate, key, { version: at })),
    [designId, aggregate, key, designVersion],
  )
  const [shown, setShown] = useState<StateAt | null>(null)
  const [error, setError] = useState<string | null>(null)
  useEffect(() => {
    let overtaken = false
    Promise.all([cache.at(version), version > 0 ? cache.at(version - 1) : null])
      .then(([now, before]) => {
        if (overtaken) return
        setShown({ version, state: now.state, ...(before === null ? {} : { previous: before.state }) })
        setError(null)
      })
      .catch((cause: unknown) => {
        if (!overtaken) setError(cause instanceof Error ? cause.message : String(cause))
      })
    return () => {
      overtaken = true
    }
  }, [cache, version])
  return { shown, error }
}
