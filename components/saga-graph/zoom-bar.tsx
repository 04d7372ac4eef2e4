'use client'
import { Maximize, Minus, Plus } from 'lucide-react'
import { IconButton } from '@/components/ui/icon-button'
import { FlowPanel, useFlowStore, useReactFlow } from './flow'
import { FIT } from './use-graph-handle'

/** How near: with the mouse what `+ - 0 1` do with the keyboard. */
export function ZoomBar() {
  const flow = useReactFlow()
  const percent = useFlowStore((state) => Math.round(state.transform[2] * 100))
  return (
    <FlowPanel position="bottom-left" className="!m-3 flex items-center rounded-md border bg-surface p-0.5">
      <IconButton label="Zoom out" shortcut="-" side="top" size="sm" onClick={() => void flow.zoomOut()}>
        <Minus />
      </IconButton>
      <button
        type="button"
        aria-label={`Zoom ${percent} %, reset to 100 %`}
        className="data min-w-11 rounded-sm px-1 text-center text-muted hover:bg-hover"
        onClick={() => void flow.zoomTo(1)}
      >
        {percent}%
      </button>
      <IconButton label="Zoom in" shortcut="Plus" side="top" size="sm" onClick={() => void flow.zoomIn()}>
        <Plus />
      </IconButton>
      <IconButton
        label="Fit everything"
        shortcut="1"
        side="top"
        size="sm"
        onClick={() => void flow.fitView(FIT)}
      >
        <Maximize />
      </IconButton>
    </FlowPanel>
  )
}
