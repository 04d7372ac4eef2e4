'use client'
import { useEffect, useState } from 'react'
import type { CausationAnswer } from '@/core/protocol'
import { designsApi } from '@/lib/api/designs'
import { ApiError } from '@/lib/api/request'
import { followActivity } from '@/lib/data-store/overview'
import { useDesign } from '@/lib/design-store'

export type CausationState =
  | { readonly status: 'loading' }
  | { readonly status: 'error'; readonly code: string; readonly message: string }
  | { readonly status: 'ready'; readonly answer: CausationAnswer }

/** What led to an event and what followed from it, read again as things happen. */
export function useCausation(position: number): CausationState {
  const designId = useDesign((state) => state.designId)
  const projections = useDesign(({ document }) => document.projections.map(({ id }) => id).join('|'))
  const [state, setState] = useState<CausationState>({ status: 'loading' })
  useEffect(() => {
    let gone = false
    let reading = 0
    const read = () => {
      reading += 1
      const mine = reading
      designsApi
        .causation(designId, position)
        .then((answer) => {
          if (!gone && mine === reading) setState({ status: 'ready', answer })
        })
        .catch((error: unknown) => {
          if (gone || mine !== reading) return
          const code = error instanceof ApiError ? error.code : 'INTERNAL'
          setState({ status: 'error', code, message: error instanceof Error ? error.message : String(error) })
        })
    }
    read()
    const end = followActivity(designId, projections.split('|').filter(Boolean), read)
    return () => {
      gone = true
      end()
    }
  }, [designId, position, projections])
  return state
}
