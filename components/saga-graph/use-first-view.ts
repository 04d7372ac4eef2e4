'use client'
import { type RefObject, useCallback, useEffect, useRef } from 'react'
import { useReactFlow } from './flow'

/** Below this names cannot be read: rather the beginning than everything. */
const LEAST_ZOOM = 0.4
const MARGIN_PX = 40

/**
 * Shows the whole saga, or its beginning when the whole would be too small to read; again whenever the frame changes
 * (panels take their sizes after the first paint), until somebody pans or zooms.
 * @returns to be called when the view is moved by hand
 */
export function useFirstView(
  root: RefObject<HTMLDivElement | null>,
  leastZoom = LEAST_ZOOM,
): (event: unknown) => void {
  const flow = useReactFlow()
  const touched = useRef(false)
  useEffect(() => {
    const frame = root.current
    if (!frame || typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = frame
      const nodes = flow.getNodes()
      if (touched.current || width === 0 || nodes.length === 0) return
      const all = flow.getNodesBounds(nodes)
      const whole = Math.min(1, (width - 2 * MARGIN_PX) / all.width, (height - 2 * MARGIN_PX) / all.height)
      const zoom = Math.max(leastZoom, whole)
      const slack = width - all.width * zoom
      void flow.setViewport({
        zoom,
        x: (slack >= 0 ? slack / 2 : MARGIN_PX) - all.x * zoom,
        y: (height - all.height * zoom) / 2 - all.y * zoom,
      })
    })
    observer.observe(frame)
    return () => observer.disconnect()
  }, [flow, root, leastZoom])
  return useCallback((event) => {
    // moves of our own come without an event
    if (event !== null) touched.current = true
  }, [])
}
