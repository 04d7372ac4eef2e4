'use client'
import { type RefObject, useCallback, useEffect, useRef } from 'react'
import { useReactFlow } from '@/components/saga-graph/flow'

/** Below this a card cannot be read. */
const LEAST_ZOOM = 0.65
const MARGIN_PX = 40

/**
 * Shows the whole graph where it can be read as a whole, and otherwise what is around the event that was asked about;
 * again whenever the frame changes, until somebody pans or zooms.
 * @returns to be called when the view is moved by hand
 */
export function useViewOfSelf(
  root: RefObject<HTMLDivElement | null>,
  self: number,
): (event: unknown) => void {
  const flow = useReactFlow()
  const touched = useRef(false)
  useEffect(() => {
    const frame = root.current
    if (!frame || typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = frame
      const nodes = flow.getNodes()
      const own = nodes.filter(({ id }) => id === String(self))
      if (touched.current || width === 0 || own.length === 0) return
      const all = flow.getNodesBounds(nodes)
      const whole = Math.min(1, (width - 2 * MARGIN_PX) / all.width, (height - 2 * MARGIN_PX) / all.height)
      const zoom = Math.max(LEAST_ZOOM, whole)
      const { x, y, width: w, height: h } = flow.getNodesBounds(own)
      void flow.setViewport({
        zoom,
        x: placeOf(width, all.x * zoom, all.width * zoom, (x + w / 2) * zoom),
        y: placeOf(height, all.y * zoom, all.height * zoom, (y + h / 2) * zoom),
      })
    })
    observer.observe(frame)
    return () => observer.disconnect()
  }, [flow, root, self])
  return useCallback((event) => {
    // moves of our own come without an event
    if (event !== null) touched.current = true
  }, [])
}

/**
 * Where a graph begins in a frame, along one side, px: in the middle when all of it fits, and else with what is looked
 * at in the middle, but with no room left empty that the graph could fill.
 * @param at of the graph's beginning
 * @param self of the middle of what is looked at
 */
export function placeOf(frame: number, at: number, size: number, self: number): number {
  if (size + 2 * MARGIN_PX <= frame) return (frame - size) / 2 - at
  return Math.min(MARGIN_PX - at, Math.max(frame - MARGIN_PX - size - at, frame / 2 - self))
}
