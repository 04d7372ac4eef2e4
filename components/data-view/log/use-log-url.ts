'use client'
import { parseAsInteger, parseAsString, useQueryState, useQueryStates } from 'nuqs'
import { useEffect, useMemo, useRef } from 'react'
import { useLateSearch } from '@/components/shell/use-late-search'
import type { LogFilter } from '@/core/log/filter'
import { filterOf, type LogFilterQuery, logFilterQuery } from '@/core/protocol'
import { useLog, useLogStore } from './log-context'

/** Faster than this the browser refuses to write addresses. */
const WRITE_EVERY_MS = 250

const parsers = {
  stream: parseAsString,
  type: parseAsString,
  correlation: parseAsString,
  text: parseAsString,
  from: parseAsInteger,
  to: parseAsInteger,
}

export interface LogUrl {
  /** What of the address is a filter that the server takes; the rest is passed over. */
  readonly query: LogFilterQuery
  readonly filter: LogFilter
  change(query: { readonly [K in keyof typeof parsers]?: LogFilterQuery[K] | null }): void
}

/** The filter in the address, and what changes it. */
export function useLogUrl(): LogUrl {
  const [values, setValues] = useQueryStates(parsers, { history: 'push', throttleMs: WRITE_EVERY_MS })
  const key = JSON.stringify(values)
  return useMemo(() => {
    const said = Object.entries(JSON.parse(key)).filter(([, value]) => value !== null && value !== '')
    const valid = said.filter(([name, value]) => logFilterQuery.safeParse({ [name]: value }).success)
    const query: LogFilterQuery = logFilterQuery.parse(Object.fromEntries(valid))
    return { query, filter: filterOf(query), change: (next) => void setValues(next) }
  }, [key, setValues])
}

/** Tells the store of another filter in the address, and keeps `?at=` with the event chosen. */
export function useLogInUrl(filter: LogFilter): void {
  const store = useLogStore()
  const ready = useLog((state) => state.status === 'ready')
  const searching = useLog((state) => state.searched !== null && state.searched < 1)
  const chosen = useLog((state) => (state.cursor === null ? null : (state.chosen?.position ?? undefined)))
  const [at] = useQueryState('at', parseAsInteger)
  const told = useRef(filter)
  const shown = useRef<number | null>(null)
  const hasChosen = useRef(false)
  if (typeof chosen === 'number') hasChosen.current = true
  // Undefined: chosen, and not read yet. Until something was chosen here the address says where to go.
  const isKnown = ready && !searching && chosen !== undefined && hasChosen.current
  const written = useLateSearch(isKnown ? { at: chosen === null ? null : String(chosen) } : null)

  useEffect(() => {
    if (told.current === filter) return
    told.current = filter
    store.getState().setFilter(filter)
  }, [filter, store])

  useEffect(() => {
    if (!ready || searching || at === shown.current) return
    shown.current = at
    const isOwn = written.takes('at', at === null ? null : String(at))
    if (at !== null && !isOwn) void store.getState().goTo({ position: at })
  }, [ready, searching, at, store, written])
}
