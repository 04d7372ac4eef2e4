'use client'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { LogFilter } from '@/core/log/filter'
import { logPorts } from '@/lib/log-store/log-ports'
import { createLogStore, type LogState, type LogStore } from '@/lib/log-store/log-store'

const LogContext = createContext<LogStore | null>(null)

/** One design's log for the page below. */
export function LogProvider({
  designId,
  filter,
  children,
}: {
  readonly designId: string
  /** What it begins with; afterwards the store is told. */
  readonly filter: LogFilter
  readonly children: ReactNode
}) {
  const [store] = useState(() => createLogStore(logPorts(designId), filter))
  useEffect(() => store.getState().start(), [store])
  return <LogContext value={store}>{children}</LogContext>
}

export function useLogStore(): LogStore {
  const store = useContext(LogContext)
  if (!store) throw new Error('no LogProvider above')
  return store
}

export function useLog<T>(selector: (state: LogState) => T): T {
  return useStore(useLogStore(), selector)
}
