'use client'
import { ChevronRight, CornerLeftUp } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useCommands } from '@/components/workbench/commands-context'
import { placeWords } from '@/lib/commands/edits/saga-users'
import { goBack } from '@/lib/commands/open-saga'
import { useCurrentSaga, useDesign } from '@/lib/design-store/design-provider'

/** The nodes that one came by into the saga on the canvas, and the way back to each. */
export function SagaCrumbs() {
  const { context } = useCommands()
  const trail = useDesign((state) => state.trail)
  const document = useDesign((state) => state.document)
  const saga = useCurrentSaga()
  const last = useRef<HTMLButtonElement>(null)
  const depth = trail.length
  useEffect(() => {
    // What had the keyboard went with the other saga, and an empty canvas has no node to take it.
    if (depth > 0 && globalThis.document.activeElement === globalThis.document.body) last.current?.focus()
  }, [depth])
  if (depth === 0 || saga === null) return null
  return (
    <nav
      aria-label="Opened from"
      className="absolute top-3 left-3 z-20 flex max-w-[80%] items-center gap-1 rounded-md border bg-surface px-2 py-1 text-xs shadow-float"
    >
      <CornerLeftUp aria-hidden size={12} className="shrink-0 text-subtle" />
      {trail.map((place, at) => (
        <span key={`${place.sagaId} ${place.nodeId}`} className="flex min-w-0 items-center gap-1">
          <button
            ref={at === depth - 1 ? last : undefined}
            type="button"
            title={at === depth - 1 ? 'Back (Shift+O)' : undefined}
            className="truncate rounded-sm text-muted hover:text-ink"
            onClick={() => goBack(context, at)}
          >
            {placeWords(document, place)}
          </button>
          <ChevronRight aria-hidden size={12} className="shrink-0 text-subtle" />
        </span>
      ))}
      <span aria-current="page" className="truncate font-medium">
        {saga.name ?? saga.id}
      </span>
    </nav>
  )
}
