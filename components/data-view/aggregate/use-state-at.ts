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
  /** The state it is compared with, and its version; absent where there is none. */
  readonly previous?: Json
  readonly compared: number | null
}

/**
 * The state at a version and at the one it is compared with, as the server folds it. The last answer stays on the screen until
 * the next is there: a slider that is dragged does not flicker.
 */
export function useStateAt(
  { designId, aggregate, key }: InstanceId,
  version: number,
  compared: number | null,
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
    Promise.all([cache.at(version), compared === null ? null : cache.at(compared)])
      .then(([now, before]) => {
        if (overtaken) return
        setShown({
          version,
          compared,
          state: now.state,
          ...(before === null ? {} : { previous: before.state }),
        })
        setError(null)
      })
      .catch((cause: unknown) => {
        if (!overtaken) setError(cause instanceof Error ? cause.message : String(cause))
      })
    return () => {
      overtaken = true
    }
  }, [cache, version, compared])
  return { shown, error }
}
