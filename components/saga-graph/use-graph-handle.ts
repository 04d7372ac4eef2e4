'use client'
import { type Ref, type RefObject, useImperativeHandle, useMemo } from 'react'
import { useReactFlow } from './flow'
import type { GraphHandle } from './types'

const quick = { duration: 180 }
export const FIT = { padding: 0.12, maxZoom: 1, minZoom: 0.15 } as const

const stillPage = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches
const motion = () => (stillPage() ? {} : quick)

/** What the page may ask of a graph, and the graph of itself. */
export function useGraphHandle(
  ref: Ref<GraphHandle> | undefined,
  root: RefObject<HTMLDivElement | null>,
): GraphHandle {
  const flow = useReactFlow()
  const handle = useMemo<GraphHandle>(
    () => ({
      fit: () => void flow.fitView({ ...FIT, ...motion() }),
      zoomIn: () => void flow.zoomIn(motion()),
      zoomOut: () => void flow.zoomOut(motion()),
      zoomTo: (zoom) => void flow.zoomTo(zoom, motion()),
      focus: (nodeId) => {
        const element = root.current?.querySelector<HTMLElement>(
          `.react-flow__node[data-id="${CSS.escape(nodeId)}"]`,
        )
        element?.focus({ preventScroll: true })
        const node = flow.getNode(nodeId)
        if (!node || !root.current || !element) return
        const box = element.getBoundingClientRect()
        const frame = root.current.getBoundingClientRect()
        const seen =
          box.left >= frame.left &&
          box.right <= frame.right &&
          box.top >= frame.top &&
          box.bottom <= frame.bottom
        if (seen) return
        void flow.setCenter(
          node.position.x + (node.width ?? 0) / 2,
          node.position.y + (node.height ?? 0) / 2,
          {
            zoom: flow.getZoom(),
            ...motion(),
          },
        )
      },
      focusCanvas: () => root.current?.focus({ preventScroll: true }),
      centre: () => {
        const frame = root.current?.getBoundingClientRect()
        if (!frame) return { x: 0, y: 0 }
        return flow.screenToFlowPosition({ x: frame.left + frame.width / 2, y: frame.top + frame.height / 2 })
      },
      toScreen: (point) => flow.flowToScreenPosition(point),
    }),
    [flow, root],
  )
  useImperativeHandle(ref, () => handle, [handle])
  return handle
}
