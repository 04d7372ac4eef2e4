'use client'
import { type RefObject, useEffect, useRef } from 'react'
import type { GraphHandle } from '@/components/saga-graph/types'
import { useCommands } from '@/components/workbench/commands-context'
import type { MapView } from '@/lib/commands/map'

/** What the page of the map does when a command asks; the rest the canvas does itself. */
export type MapDoes = Omit<MapView, 'fit' | 'zoomIn' | 'zoomOut' | 'zoomTo'>

/** Lends the map to the commands while it is on the screen: keys, palette and help act on it. */
export function useMapKeys(graph: RefObject<GraphHandle | null>, does: MapDoes): void {
  const { lendMap } = useCommands()
  const latest = useRef(does)
  latest.current = does
  useEffect(
    () =>
      lendMap({
        fit: () => graph.current?.fit(),
        zoomIn: () => graph.current?.zoomIn(),
        zoomOut: () => graph.current?.zoomOut(),
        zoomTo: (zoom) => graph.current?.zoomTo(zoom),
        chosen: () => latest.current.chosen(),
        add: () => latest.current.add(),
        connect: () => latest.current.connect(),
        rename: () => latest.current.rename(),
        remove: () => latest.current.remove(),
        focusOn: () => latest.current.focusOn(),
        find: () => latest.current.find(),
        tidy: () => latest.current.tidy(),
        nudge: (dx, dy) => latest.current.nudge(dx, dy),
        define: () => latest.current.define(),
        release: () => latest.current.release(),
      }),
    [lendMap, graph],
  )
}
