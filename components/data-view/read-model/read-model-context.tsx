'use client'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { readModelPorts } from '@/lib/data-store/page-ports'
import {
  createReadModelStore,
  type ReadModelState,
  type ReadModelStore,
} from '@/lib/data-store/read-model-store'

const ReadModelContext = createContext<ReadModelStore | null>(null)

/** One read model for the page below. Mount it with a key: another read model is another store. */
export function ReadModelProvider(props: {
  readonly designId: string
  readonly name: string
  readonly children: ReactNode
}) {
  const [store] = useState(() => createReadModelStore(readModelPorts(props.designId, props.name)))
  useEffect(() => store.getState().start(), [store])
  return <ReadModelContext value={store}>{props.children}</ReadModelContext>
}

export function useReadModelStore(): ReadModelStore {
  const store = useContext(ReadModelContext)
  if (!store) throw new Error('no ReadModelProvider above')
  return store
}

export function useReadModel<T>(selector: (state: ReadModelState) => T): T {
  return useStore(useReadModelStore(), selector)
}
