'use client'
import {
  CircleStop,
  CircleX,
  Clock,
  Diamond,
  GitBranch,
  type LucideIcon,
  Radio,
  Repeat,
  Repeat2,
  RotateCcw,
  Rows3,
  SquareCheck,
  UserCheck,
  Workflow,
} from 'lucide-react'
import { DRAG_TYPE } from '@/components/saga-graph/types'
import { useCommands } from '@/components/workbench/commands-context'
import { addItem } from '@/lib/commands/add'
import { PALETTE, type PaletteItem } from '@/lib/commands/edits/new-node'
import { useCurrentSaga } from '@/lib/design-store/design-provider'

export const PALETTE_ICONS: Readonly<Record<PaletteItem, LucideIcon>> = {
  step: SquareCheck,
  compensation: RotateCcw,
  pivot: Diamond,
  retriable: Repeat2,
  choice: GitBranch,
  wait: Clock,
  approval: UserCheck,
  signal: Radio,
  saga: Workflow,
  map: Rows3,
  loop: Repeat,
  fail: CircleX,
  end: CircleStop,
}

/** What a saga is made of: dragged to its place, or clicked and put where it fits. */
export function PalettePanel() {
  const { context } = useCommands()
  const saga = useCurrentSaga()
  return (
    <div className="p-2">
      <p className="px-1 pb-2 text-xs text-muted">
        Drag onto the canvas, onto an edge, or click to add after the selection.
      </p>
      <ul aria-label="Palette" className="flex flex-col gap-1">
        {PALETTE.map(({ item, title, description }) => {
          const Icon = PALETTE_ICONS[item]
          return (
            <li key={item}>
              <button
                type="button"
                draggable={saga !== null}
                disabled={saga === null}
                onDragStart={(event) => {
                  event.dataTransfer.setData(DRAG_TYPE, item)
                  event.dataTransfer.effectAllowed = 'copy'
                }}
                onClick={() => addItem(context, item)}
                className="flex w-full cursor-grab items-center gap-2.5 rounded-sm border border-transparent px-2 py-1.5 text-left hover:border-line hover:bg-hover disabled:opacity-45"
              >
                <Icon aria-hidden size={16} className="shrink-0 text-muted" />
                <span className="min-w-0">
                  <span className="block text-sm">{title}</span>
                  <span className="block text-xs text-muted">{description}</span>
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
