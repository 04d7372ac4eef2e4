'use client'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { designsApi } from '@/lib/api/designs'
import { type AtChoice, type AtState, type AtStore, createAtStore } from '@/lib/data-store/at-store'
import { followActivity } from '@/lib/data-store/overview'
import { useDesignStore } from '@/lib/design-store'

const AtContext = createContext<AtStore | null>(null)

/** One position over the log of a design, for the page below. */
export function AtProvider({
  designId,
  start,
  children,
}: {
  readonly designId: string
  readonly start: AtChoice & { readonly position: number | null }
  readonly children: ReactNode
}) {
  const design = useDesignStore()
  const [store] = useState(() =>
    createAtStore(
      {
        load: (position, choice) =>
          designsApi.at(designId, { ...choice, ...(position === null ? {} : { position }) }),
      },
      start,
    ),
  )
  useEffect(() => {
    const { goTo, refresh } = store.getState()
    goTo(start.position)
    const projections = design.getState().document.projections.map(({ id }) => id)
    return followActivity(designId, projections, refresh)
  }, [store, start.position, design, designId])
  return <AtContext value={store}>{children}</AtContext>
}

export function useAtStore(): AtStore {
  const store = useContext(AtContext)
  if (!store) throw new Error('no AtProvider above')
  return store
}

export function useAt<T>(selector: (state: AtState) => T): T {
  return useStore(useAtStore(), selector)
}
