'use client'
import { type RefObject, useCallback, useEffect, useRef } from 'react'
import { firstViewport, LEAST_ZOOM } from './first-viewport'
import { useReactFlow } from './flow'

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
      void flow.setViewport(firstViewport({ width, height }, flow.getNodesBounds(nodes), leastZoom))
    })
    observer.observe(frame)
    return () => observer.disconnect()
  }, [flow, root, leastZoom])
  return useCallback((event) => {
    // moves of our own come without an event
    if (event !== null) touched.current = true
  }, [])
}
