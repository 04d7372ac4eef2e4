'use client'
import { parseAsString, useQueryState } from 'nuqs'
import { useEffect, useRef } from 'react'
import { useRun, useRunStore } from '@/lib/run-store/run-provider'

/** `?in=` and the saga that is shown are one: a link opens it, and the browser's back key goes out of it again. */
export function useScopeInUrl(): void {
  const store = useRunStore()
  const scope = useRun((run) => run.scope)
  const [inUrl, setInUrl] = useQueryState(
    'in',
    parseAsString.withDefault('').withOptions({ history: 'push' }),
  )
  const written = useRef('')

  useEffect(() => {
    if (scope === written.current) return
    written.current = scope
    void setInUrl(scope === '' ? null : scope)
  }, [scope, setInUrl])

  useEffect(() => {
    if (inUrl === written.current) return
    written.current = inUrl
    const { enter, history } = store.getState()
    const leads = history.plan.graph(inUrl) !== undefined
    // A link may be wrong: the saga itself is always there.
    if (!leads) void setInUrl(null)
    enter(leads ? inUrl : '')
  }, [inUrl, setInUrl, store])
}
