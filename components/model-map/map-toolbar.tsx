'use client'
import { Crosshair, LayoutGrid } from 'lucide-react'
import type { RefObject } from 'react'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import type { MapNode, ModelMap } from '@/core/model-map'
import { MapFind } from './map-find'

interface MapToolbarProps {
  readonly map: ModelMap
  readonly find: RefObject<HTMLDivElement | null>
  /** What everything but its causes and effects is faded for. */
  readonly focused: MapNode | null
  readonly onFound: (id: string) => void
  readonly onFocus: () => void
  /** Given where the map may be changed. */
  readonly onTidy: (() => void) | null
}

/** Above the map: finding, focus, tidying. */
export function MapToolbar({ map, find, focused, onFound, onFocus, onTidy }: MapToolbarProps) {
  return (
    <div
      role="toolbar"
      aria-label="Map"
      className="pointer-events-none absolute inset-x-3 top-3 z-10 flex items-start gap-1.5 [&>*]:pointer-events-auto"
    >
      <MapFind map={map} root={find} onFound={onFound} />
      <div className="flex rounded-md border bg-surface p-px">
        <IconButton
          label="Only what leads to it and follows from it"
          shortcut="F"
          side="bottom"
          size="sm"
          pressed={focused !== null}
          onClick={onFocus}
        >
          <Crosshair />
        </IconButton>
        {onTidy === null ? null : (
          <IconButton label="Tidy up the map" shortcut="Shift+A" side="bottom" size="sm" onClick={onTidy}>
            <LayoutGrid />
          </IconButton>
        )}
      </div>
      {focused === null ? null : (
        <p className="flex h-7 min-w-0 items-center gap-1 rounded-md border bg-surface pl-2.5 text-xs text-muted">
          <span className="truncate">
            Causes and effects of <span className="font-medium text-ink">{focused.title}</span>
          </span>
          <Button size="sm" variant="ghost" onClick={onFocus}>
            Show everything
          </Button>
        </p>
      )}
    </div>
  )
}
