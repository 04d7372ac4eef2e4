'use client'
import type { MapKind } from '@/core/model-map'
import { KindIcon } from './kind-icon'
import { MAP_DRAG_TYPE } from './map-graph'
import { KIND_WORDS } from './map-words'

/** What can be added, in the order in which things happen. */
export const MAP_PALETTE: readonly { readonly kind: MapKind; readonly description: string }[] = [
  { kind: 'command', description: 'An order to do something' },
  { kind: 'aggregate', description: 'Decides what a command may do' },
  { kind: 'event', description: 'Something that happened' },
  { kind: 'policy', description: 'When this happens, then do that' },
  { kind: 'saga', description: 'Several steps, undone when one fails' },
  { kind: 'projection', description: 'Rows folded from events' },
]

export const isMapKind = (text: string): text is MapKind => MAP_PALETTE.some(({ kind }) => kind === text)

/** What a model is made of: dragged to its place, or clicked and put beside what is chosen. */
export function MapPalette({ onAdd }: { readonly onAdd: (kind: MapKind) => void }) {
  return (
    <div className="p-2">
      <p className="px-1 pb-2 text-xs text-muted">
        Drag onto the map: commands and events onto their aggregate, read models and policies onto an event.
        Or click to add to what is chosen.
      </p>
      <ul aria-label="Palette" className="flex flex-col gap-1">
        {MAP_PALETTE.map(({ kind, description }) => (
          <li key={kind}>
            <button
              type="button"
              draggable
              onDragStart={(event) => {
                event.dataTransfer.setData(MAP_DRAG_TYPE, kind)
                event.dataTransfer.effectAllowed = 'copy'
              }}
              onClick={() => onAdd(kind)}
              className="flex w-full cursor-grab items-center gap-2.5 rounded-sm border border-transparent px-2 py-1.5 text-left hover:border-line hover:bg-hover"
            >
              <KindIcon kind={kind} />
              <span className="min-w-0">
                <span className="block text-sm">{KIND_WORDS[kind]}</span>
                <span className="block text-xs text-muted">{description}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
