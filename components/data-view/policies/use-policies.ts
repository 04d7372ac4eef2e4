'use client'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { notify } from '@/components/ui/toast'
import type { PolicyAction, PolicyInfo } from '@/core/protocol'
import { designsApi } from '@/lib/api/designs'
import { followActivity } from '@/lib/data-store/overview'
import { isBehind } from '@/lib/data-store/policies'
import { useDesign } from '@/lib/design-store'

/** While a policy is at work it is looked at again so often, ms: what it does need not be an event. */
const LOOK_AGAIN_MS = 400

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export interface PoliciesShown {
  /** Null until they have been read. */
  readonly policies: readonly PolicyInfo[] | null
  readonly error: string | null
  readonly act: (policy: string, action: PolicyAction) => void
}

/** The policies of the saved design, read again as things happen. */
export function usePolicies(): PoliciesShown {
  const designId = useDesign((state) => state.designId)
  const version = useDesign((state) => state.version)
  const projections = useDesign(({ document }) => document.projections.map(({ id }) => id).join('|'))
  const [policies, setPolicies] = useState<readonly PolicyInfo[] | null>(null)
  const [error, setError] = useState<string | null>(null)
  const again = useRef<() => void>(() => undefined)

  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` says when they are others
  useEffect(() => {
    let gone = false
    let reading = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    const read = () => {
      reading += 1
      const mine = reading
      clearTimeout(timer)
      designsApi
        .policies(designId)
        .then(({ items }) => {
          if (gone || mine !== reading) return
          setPolicies(items)
          setError(null)
          if (items.some(isBehind)) timer = setTimeout(read, LOOK_AGAIN_MS)
        })
        .catch((failed: unknown) => {
          if (!gone && mine === reading) setError(messageOf(failed))
        })
    }
    again.current = read
    read()
    const end = followActivity(designId, projections.split('|').filter(Boolean), read)
    return () => {
      gone = true
      clearTimeout(timer)
      end()
    }
  }, [designId, version, projections])

  const act = useCallback(
    (policy: string, action: PolicyAction) => {
      designsApi
        .policyAction(designId, policy, action)
        .catch((failed: unknown) => notify.error('That was not done', { description: messageOf(failed) }))
        .finally(() => again.current())
    },
    [designId],
  )
  return useMemo(() => ({ policies, error, act }), [policies, error, act])
}
