'use client'
import { createContext, useContext } from 'react'
import type { Point } from '@/core/design/document'

/** What the parts of a graph call. One object for the life of the graph: no node renders because of it. */
export interface GraphActions {
  readonly editable: boolean
  readonly selectCompensation: (nodeId: string) => void
  readonly insertOnEdge: (edgeId: string, screen: Point) => void
  /** Goes into the saga that a node runs; absent where there is nowhere to go. */
  readonly goInto?: (nodeId: string) => void
  readonly rename: (nodeId: string, name: string | null) => void
}

export const GraphActionsContext = createContext<GraphActions>({
  editable: false,
  selectCompensation: () => {},
  insertOnEdge: () => {},
  rename: () => {},
})

export const useGraphActions = (): GraphActions => useContext(GraphActionsContext)
