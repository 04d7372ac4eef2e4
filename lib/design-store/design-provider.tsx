'use client'
import { createContext, type ReactNode, useContext, useEffect } from 'react'
import { useStore } from 'zustand'
import type { Saga } from '@/core/design/saga'
import type { DesignStore } from './design-store'
import type { DesignState } from './state'

const DesignContext = createContext<DesignStore | null>(null)

/** Gives the pages below one design. Before the page goes away, what is not saved is. */
export function DesignProvider({
  store,
  children,
}: {
  readonly store: DesignStore
  readonly children: ReactNode
}) {
  useEffect(() => {
    const onHide = (): void => {
      if (document.visibilityState === 'hidden')
        void store
          .getState()
          .saveNow()
          .catch(() => {})
    }
    const onLeave = (event: BeforeUnloadEvent): void => {
      const { saveState, draft } = store.getState()
      if (saveState !== 'saved' || draft !== null) event.preventDefault()
    }
    document.addEventListener('visibilitychange', onHide)
    addEventListener('beforeunload', onLeave)
    return () => {
      document.removeEventListener('visibilitychange', onHide)
      removeEventListener('beforeunload', onLeave)
    }
  }, [store])
  return <DesignContext value={store}>{children}</DesignContext>
}

/** The store itself, for what acts without rendering. */
export function useDesignStore(): DesignStore {
  const store = useContext(DesignContext)
  if (!store) throw new Error('no DesignProvider above')
  return store
}

/**
 * One part of the design. Select what is shown and no more: only then does the rest stay still.
 * @example const name = useDesign((state) => state.document.name)
 */
export function useDesign<T>(selector: (state: DesignState) => T): T {
  return useStore(useDesignStore(), selector)
}

/** The saga on the canvas, if there is one. */
export function useCurrentSaga(): Saga | null {
  return useDesign(
    ({ document, selection }) => document.sagas.find(({ id }) => id === selection.sagaId) ?? null,
  )
}
