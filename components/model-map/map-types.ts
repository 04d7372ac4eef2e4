import type { FlowEdge, FlowNode } from '@/components/saga-graph/flow'
import type { MapEdge, MapNode } from '@/core/model-map'

export interface MapCardData extends Record<string, unknown> {
  readonly node: MapNode
  /** The second line. */
  readonly detail: string
  /** Spoken. */
  readonly label: string
  readonly problem: 'error' | 'warning' | null
  /** In focus mode, what neither leads to the chosen one nor follows from it. */
  readonly faded: boolean
  /** The text that is being changed; null while it is not. */
  readonly renaming: string | null
}

export interface MapWireData extends Record<string, unknown> {
  readonly edge: MapEdge
  /** The place key of the aggregate that the wire goes through; null when it goes through none. */
  readonly through: string | null
  /** The height on the canvas at which a wire that leads back in time runs; null when it leads on. */
  readonly backAt: number | null
  readonly faded: boolean
  /** It begins or ends at what is chosen. */
  readonly near: boolean
}

export type MapFlowNode = FlowNode<MapCardData, 'card' | 'aggregate' | 'frame'>
export type MapFlowEdge = FlowEdge<MapWireData, 'wire'>
