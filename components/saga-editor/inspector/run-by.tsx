'use client'
import { useMemo } from 'react'
import type { Saga } from '@/core/design/saga'
import { nodesRunning, placeWords } from '@/lib/commands/edits/saga-users'
import { useDesign } from '@/lib/design-store/design-provider'

/** The nodes of other sagas that run this one, each a way to it. */
export function RunBy({ saga }: { readonly saga: Saga }) {
  const sagas = useDesign(({ document }) => document.sagas)
  const setSaga = useDesign((state) => state.setSaga)
  const select = useDesign((state) => state.select)
  const places = useMemo(() => nodesRunning({ sagas }, saga.id), [sagas, saga.id])
  if (places.length === 0) return null
  return (
    <section aria-label="Run by" className="flex flex-col gap-1">
      <h3 className="font-medium text-muted text-xs">Run by</h3>
      <ul className="flex flex-col gap-1">
        {places.map((place) => (
          <li key={`${place.sagaId} ${place.nodeId}`}>
            <button
              type="button"
              className="rounded-sm text-left text-accent text-xs underline"
              onClick={() => {
                setSaga(place.sagaId)
                select([place.nodeId])
              }}
            >
              {placeWords({ sagas }, place)}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
