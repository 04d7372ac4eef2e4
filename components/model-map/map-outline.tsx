'use client'
import { TriangleAlert } from 'lucide-react'
import { type KeyboardEvent, useMemo, useRef } from 'react'
import { classNames } from '@/components/ui/class-names'
import { EmptyState } from '@/components/ui/empty-state'
import { useCommands } from '@/components/workbench/commands-context'
import type { ModelMap } from '@/core/model-map'
import { commandFor } from '@/lib/commands/registry'
import { KindIcon } from './kind-icon'
import { lackWords, spokenLabel } from './map-words'
import { outlineRows } from './outline-rows'

interface MapOutlineProps {
  readonly map: ModelMap
  readonly chosen: string | null
  readonly onChoose: (id: string) => void
  readonly onOpen: (id: string) => void
}

/**
 * The map as a tree: sagas and policies, aggregates with what they take and emit, read models. The map's keys work here
 * too, so that everything can be done without ever seeing it.
 */
export function MapOutline({ map, chosen, onChoose, onOpen }: MapOutlineProps) {
  const { context } = useCommands()
  const tree = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => outlineRows(map), [map])
  if (rows.length === 0)
    return <EmptyState compact title="Nothing yet" description="What is on the map is listed here." />
  const tabStop = Math.max(
    0,
    rows.findIndex(({ node }) => node.id === chosen),
  )
  const focusAt = (at: number): void =>
    tree.current?.querySelectorAll<HTMLElement>('[role="treeitem"]')[at]?.focus()
  const onKeyDown = (event: KeyboardEvent, id: string, at: number): void => {
    const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey
    const step = isPlain ? { ArrowDown: 1, ArrowUp: -1 }[event.key] : undefined
    if (step !== undefined) focusAt(Math.min(rows.length - 1, Math.max(0, at + step)))
    else if (event.key === 'Home') focusAt(0)
    else if (event.key === 'End') focusAt(rows.length - 1)
    else if (event.key === 'ArrowLeft' && isPlain && rows[at]?.level === 2)
      focusAt(rows.findLastIndex(({ level }, index) => index < at && level === 1))
    else if (event.key === 'ArrowRight' && isPlain && rows[at + 1]?.level === 2) focusAt(at + 1)
    else if (event.key === 'Enter') onOpen(id)
    else if (event.key === ' ') onChoose(id)
    else {
      // Tab leaves a tree, and Escape has nothing to release here
      if (event.key === 'Tab' || event.key === 'Escape') return
      const command = commandFor(event, 'map', context)
      if (!command) return
      onChoose(id)
      // what runs asks for what is chosen: that is known after the next render
      requestAnimationFrame(() => command.run(context))
    }
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div ref={tree} role="tree" aria-label="Outline of the model" className="p-1.5">
      {rows.map(({ node, level, place, setSize, hasChildren }, at) => (
        <div
          key={node.id}
          role="treeitem"
          aria-level={level}
          aria-posinset={place}
          aria-setsize={setSize}
          aria-selected={node.id === chosen}
          aria-expanded={hasChildren ? true : undefined}
          aria-label={spokenLabel(map, node)}
          tabIndex={at === tabStop ? 0 : -1}
          onClick={() => onChoose(node.id)}
          onDoubleClick={() => onOpen(node.id)}
          onKeyDown={(event) => onKeyDown(event, node.id, at)}
          className={classNames(
            'flex min-h-7 cursor-default items-center gap-2 rounded-sm px-2 text-sm hover:bg-hover',
            level === 2 && 'pl-7',
            node.id === chosen && 'bg-accent-soft',
          )}
        >
          <KindIcon kind={node.kind} size={14} />
          <span className="min-w-0 flex-1 truncate">{node.title}</span>
          {node.lacks.length === 0 ? null : (
            <span title={lackWords(node.lacks)} className="text-state-unknown">
              <TriangleAlert aria-hidden size={12} />
            </span>
          )}
        </div>
      ))}
    </div>
  )
}
