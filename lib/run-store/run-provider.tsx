'use client'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { followRun } from './follow-run'
import { createRunStore, type RunSeed, type RunStore, type RunStoreState } from './run-store'

const RunContext = createContext<RunStore | null>(null)

export interface RunProviderProps {
  readonly seed: RunSeed
  /** Where the cursor stands at first: an event's number, or null for live. */
  readonly cursor?: number | null
  /** How the store is kept up with the server; a recording is not. */
  readonly follow?: (store: RunStore) => () => void
  readonly children: ReactNode
}

/** One store for one run's page; it follows the run while it is mounted. */
export function RunProvider({ seed, cursor = null, follow = followRun, children }: RunProviderProps) {
  const [store] = useState(() => createRunStore(seed, cursor))
  useEffect(() => follow(store), [store, follow])
  return <RunContext value={store}>{children}</RunContext>
}

/** The store itself, for handlers that read without drawing. */
export function useRunStore(): RunStore {
  const store = useContext(RunContext)
  if (!store) throw new Error('useRun needs a RunProvider above it')
  return store
}

/** @example const status = useRun((run) => stateShown(run).status) */
export function useRun<T>(selector: (state: RunStoreState) => T): T {
  return useStore(useRunStore(), selector)
}
