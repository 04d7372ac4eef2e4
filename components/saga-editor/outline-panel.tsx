'use client'
import { CornerDownRight, RotateCcw, Workflow } from 'lucide-react'
import { type KeyboardEvent, useRef } from 'react'
import { NodeIcon } from '@/components/saga-graph/node-icon'
import { classNames } from '@/components/ui/class-names'
import { EmptyState } from '@/components/ui/empty-state'
import { useCommands } from '@/components/workbench/commands-context'
import type { Saga } from '@/core/design/saga'
import { openSagaOf } from '@/lib/commands/open-saga'
import { commandFor } from '@/lib/commands/registry'
import { useDesign } from '@/lib/design-store/design-provider'
import type { InspectorTab } from './inspector/tabs'
import { type OutlineItem, outlineOf } from './outline-items'

interface OutlinePanelProps {
  readonly saga: Saga | null
  readonly onReveal: (nodeId: string) => void
  readonly onOpenInspector: (tab: InspectorTab) => void
}

/**
 * The canvas as a tree: steps in the order they run, beneath each its compensation and where it leads.
 * The canvas' keys work here too, so that everything can be done without ever seeing it.
 */
export function OutlinePanel({ saga, onReveal, onOpenInspector }: OutlinePanelProps) {
  const { context } = useCommands()
  const selection = useDesign((state) => state.selection)
  const select = useDesign((state) => state.select)
  const sagas = useDesign(({ document }) => document.sagas)
  const tree = useRef<HTMLDivElement>(null)
  if (!saga)
    return <EmptyState compact title="No saga yet" description="What is on the canvas is listed here." />
  const items = outlineOf(saga, (id) => sagas.find((each) => each.id === id)?.name ?? id)
  const isSelected = (item: OutlineItem): boolean =>
    item.kind === 'edge'
      ? selection.edgeIds.includes(item.id)
      : item.kind === 'node' && selection.nodeIds.includes(item.id)
  const current = items.findIndex(isSelected)
  const tabStop = Math.max(0, current)

  const choose = (item: OutlineItem): void => {
    if (item.kind === 'edge') select([], [item.id])
    else select([item.kind === 'node' ? item.id : item.nodeId])
  }
  const open = (item: OutlineItem): void => {
    choose(item)
    if (item.kind === 'runs') openSagaOf(context, item.nodeId)
    else if (item.kind !== 'edge') onOpenInspector(item.kind === 'compensation' ? 'compensation' : 'config')
  }
  const focusAt = (at: number): void =>
    tree.current?.querySelectorAll<HTMLElement>('[role="treeitem"]')[at]?.focus()

  const onKeyDown = (event: KeyboardEvent, item: OutlineItem, at: number): void => {
    if (event.target !== event.currentTarget) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey
    if (step !== undefined && isPlain) focusAt(Math.min(items.length - 1, Math.max(0, at + step)))
    else if (event.key === 'Home') focusAt(0)
    else if (event.key === 'End') focusAt(items.length - 1)
    else if (event.key === 'ArrowLeft' && isPlain && item.level === 2)
      focusAt(items.findLastIndex((each, index) => index < at && each.level === 1))
    else if (event.key === 'ArrowRight' && isPlain && items[at + 1]?.level === 2) focusAt(at + 1)
    else if (event.key === 'Enter') open(item)
    else if (event.key === ' ') {
      choose(item)
      if (item.kind === 'node') onReveal(item.id)
    } else {
      // Tab leaves a tree, and Escape has nothing to release here
      if (event.key === 'Tab' || event.key === 'Escape') return
      const command = commandFor(event, 'canvas', context)
      if (!command) return
      choose(item)
      command.run(context)
    }
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div ref={tree} role="tree" aria-label={`Outline of ${saga.name ?? saga.id}`} className="p-1.5">
      {items.map((item, at) => (
        <div
          key={`${item.kind} ${item.id}`}
          role="treeitem"
          aria-level={item.level}
          aria-setsize={item.setSize}
          aria-posinset={item.place}
          aria-selected={isSelected(item)}
          aria-expanded={item.hasChildren ? true : undefined}
          aria-label={item.spoken}
          tabIndex={at === tabStop ? 0 : -1}
          onClick={() => choose(item)}
          onDoubleClick={() => open(item)}
          onKeyDown={(event) => onKeyDown(event, item, at)}
          className={classNames(
            'flex min-h-7 cursor-default items-center gap-2 rounded-sm px-2 text-sm hover:bg-hover',
            item.level === 2 && 'pl-8 text-xs text-muted',
            isSelected(item) && 'bg-accent-soft',
          )}
        >
          <span className="shrink-0 text-muted">
            {item.kind === 'node' ? <NodeIcon node={item.node} size={14} /> : null}
            {item.kind === 'compensation' ? <RotateCcw aria-hidden size={12} /> : null}
            {item.kind === 'runs' ? <Workflow aria-hidden size={12} /> : null}
            {item.kind === 'edge' ? <CornerDownRight aria-hidden size={12} /> : null}
          </span>
          <span className="min-w-0 truncate">{item.title}</span>
        </div>
      ))}
    </div>
  )
}
