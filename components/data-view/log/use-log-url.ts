'use client'
import { parseAsInteger, parseAsString, useQueryState, useQueryStates } from 'nuqs'
import { useEffect, useMemo, useRef } from 'react'
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
  const [at, setAt] = useQueryState(
    'at',
    parseAsInteger.withOptions({ history: 'replace', throttleMs: WRITE_EVERY_MS }),
  )
  const told = useRef(filter)
  const written = useRef<number | null>(null)
  const seen = useRef<number | null | undefined>(null)

  useEffect(() => {
    if (told.current === filter) return
    told.current = filter
    store.getState().setFilter(filter)
  }, [filter, store])

  useEffect(() => {
    if (!ready || searching || at === written.current) return
    written.current = at
    if (at !== null) void store.getState().goTo({ position: at })
  }, [ready, searching, at, store])

  useEffect(() => {
    // Undefined: chosen, and not read yet. Until the log is here the address says where to go.
    if (!ready || searching || chosen === undefined || chosen === seen.current) return
    seen.current = chosen
    if (chosen === written.current) return
    written.current = chosen
    void setAt(chosen)
  }, [ready, searching, chosen, setAt])
}
