'use client'
import { useCallback, useEffect, useState } from 'react'
import type { DesignSummary } from '@/core/protocol'
import { designsApi } from '@/lib/api/designs'

export type DesignsState =
  | { readonly status: 'loading' }
  | { readonly status: 'error'; readonly message: string }
  | { readonly status: 'ready'; readonly designs: readonly DesignSummary[]; readonly next: string | null }

/** Few enough that the templates stay in sight. */
const PAGE = 10

/** The designs of this workbench, newest first, a page at a time. */
export function useDesigns() {
  const [state, setState] = useState<DesignsState>({ status: 'loading' })

  const load = useCallback(async (after?: string) => {
    try {
      const page = await designsApi.list({ limit: PAGE, ...(after === undefined ? {} : { after }) })
      setState((before) => ({
        status: 'ready',
        designs:
          after !== undefined && before.status === 'ready' ? [...before.designs, ...page.items] : page.items,
        next: page.next,
      }))
    } catch (error) {
      setState({ status: 'error', message: error instanceof Error ? error.message : String(error) })
    }
  }, [])
  useEffect(() => void load(), [load])

  const forget = useCallback((id: string) => {
    setState((before) =>
      before.status === 'ready'
        ? { ...before, designs: before.designs.filter((design) => design.id !== id) }
        : before,
    )
  }, [])
  return { state, reload: load, forget }
}
