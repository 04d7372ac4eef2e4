import { type DragEvent, useState } from 'react'
import type { Point } from '@/core/design/document'

/** What the box around a canvas is given, so that things from a palette can be let go on it. */
export interface CanvasDrop {
  /** Something of the palette is over it. */
  readonly dropping: boolean
  readonly handlers: {
    readonly onDragOver?: (event: DragEvent) => void
    readonly onDragLeave?: () => void
    readonly onDrop?: (event: DragEvent) => void
  }
}

/**
 * @param type of what is dragged, in its data transfer
 * @param onDropped told what was let go, and where on the screen; null: nothing can be
 */
export function useCanvasDrop(
  type: string,
  onDropped: ((item: string, screen: Point) => void) | null,
): CanvasDrop {
  const [dropping, setDropping] = useState(false)
  if (onDropped === null) return { dropping, handlers: {} }
  return {
    dropping,
    handlers: {
      onDragOver(event) {
        if (!event.dataTransfer.types.includes(type)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
        setDropping(true)
      },
      onDragLeave: () => setDropping(false),
      onDrop(event) {
        setDropping(false)
        const item = event.dataTransfer.getData(type)
        if (item === '') return
        event.preventDefault()
        onDropped(item, { x: event.clientX, y: event.clientY })
      },
    },
  }
}
