'use client'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { streamPorts } from '@/lib/data-store/page-ports'
import { createStreamStore, type StreamState, type StreamStore } from '@/lib/data-store/stream-store'

export interface InstanceId {
  readonly designId: string
  readonly aggregate: string
  readonly key: string
}

const StreamContext = createContext<StreamStore | null>(null)

/** One instance's stream and cursor for the page below. Mount it with a key: another instance is another store. */
export function StreamProvider({
  instance,
  cursor,
  compared,
  children,
}: {
  readonly instance: InstanceId
  readonly cursor: number | null
  readonly compared: number | null
  readonly children: ReactNode
}) {
  const [store] = useState(() =>
    createStreamStore(streamPorts(instance.designId, instance.aggregate, instance.key), cursor, compared),
  )
  useEffect(() => store.getState().start(), [store])
  return <StreamContext value={store}>{children}</StreamContext>
}

export function useStreamStore(): StreamStore {
  const store = useContext(StreamContext)
  if (!store) throw new Error('no StreamProvider above')
  return store
}

export function useStream<T>(selector: (state: StreamState) => T): T {
  return useStore(useStreamStore(), selector)
}
