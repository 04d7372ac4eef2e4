import type { Point } from '@/core/design/document'
import type { Saga, SagaNode } from '@/core/design/saga'
import type { RunView } from '@/core/saga'

/** A run on the graph. */
export interface GraphRun {
  readonly nodes: RunView['nodes']
  readonly edges: RunView['edges']
  readonly status: RunView['status']
  /** Nodes that wait for a person to let them begin. */
  readonly held?: readonly string[]
  /** Looking at an earlier event: nothing moves, the state is simply there. */
  readonly past?: boolean
}

/** Which halves of a node are set to break in the next run. */
export interface NodeFaults {
  readonly action: boolean
  readonly compensation: boolean
}

/** Whether an edge may be drawn, and why not. */
export type ConnectVerdict = { readonly ok: true } | { readonly ok: false; readonly message: string }

/** A place under the pointer, both ways. */
export interface DropPlace {
  readonly canvas: Point
  readonly screen: Point
  readonly nodeId: string | null
  readonly edgeId: string | null
}

/** What an editor is told. Without it the graph is looked at, not changed. */
export interface EditableHandlers {
  readonly canConnect: (from: string, to: string) => ConnectVerdict
  readonly onConnect: (from: string, to: string) => void
  /** A wire let go over nothing. */
  readonly onWireDropped: (from: string, at: DropPlace) => void
  readonly onInsertOnEdge: (edgeId: string, screen: Point) => void
  readonly onMoved: (positions: Readonly<Record<string, Point>>) => void
  /** Something dragged in from the palette. */
  readonly onDropped: (item: string, at: DropPlace) => void
  readonly onSelection: (nodeIds: readonly string[], edgeIds: readonly string[]) => void
  readonly onRenamed: (nodeId: string, name: string | null) => void
}

export interface GraphHandle {
  fit(): void
  zoomIn(): void
  zoomOut(): void
  zoomTo(zoom: number): void
  /** Brings a node into view and gives it the keyboard. */
  focus(nodeId: string): void
  /** Gives the keyboard to the canvas itself. */
  focusCanvas(): void
  /** The middle of what is seen. */
  centre(): Point
  /** Where a point of the canvas is on the screen. */
  toScreen(point: Point): Point
}

/** Something a palette lays on the drag, by this name. */
export const DRAG_TYPE = 'application/x-saga-node'

/** What one node shows of a run: values only, so that an untouched node is seen to be untouched. */
export interface NodeLive {
  readonly status: RunView['nodes'][string]['status']
  readonly effect: RunView['nodes'][string]['effect']
  readonly attempts: number
  readonly error: string | null
  readonly branch: string | null
  readonly late: boolean
  readonly undo: 'none' | 'pending' | 'running' | 'retrying' | 'compensated' | 'failed'
  readonly undoAttempts: number
  /** Of a map or a loop: how many rounds are through and of how many, or which round it is in. */
  readonly rounds: string | null
  /** How each of its first rounds stands, in order, with commas; `''` when it has none. */
  readonly pips: string
  /** Of what waits: when that is over. */
  readonly until: string | null
  /** It is ready, and waits for a person to let it begin. */
  readonly held: boolean
}

export interface GraphNodeData extends Record<string, unknown> {
  readonly node: SagaNode
  readonly live: NodeLive | null
  readonly faults: NodeFaults | null
  readonly breakpoint: boolean
  readonly problem: 'error' | 'warning' | null
  /** Past the pivot: it is only ever retried. */
  readonly retryOnly: boolean
  readonly renaming: boolean
  readonly label: string
}

export interface GraphEdgeData extends Record<string, unknown> {
  readonly label: string | null
  readonly state: 'live' | 'dead' | 'idle'
  /** A token travels it when it comes alive. */
  readonly moves: boolean
  readonly spoken: string
  readonly rollback: boolean
}

export interface SagaGraphProps {
  readonly saga: Saga
  readonly positions: Readonly<Record<string, Point>>
  readonly run?: GraphRun | null
  readonly selectedIds: readonly string[]
  readonly selectedEdgeIds?: readonly string[]
  readonly onSelect: (nodeId: string | null) => void
  /** Enter or a double click on a node. */
  readonly onOpen?: (nodeId: string) => void
  /** Goes into the saga that a node runs. Without it nothing is opened from a card. */
  readonly onGoInto?: (nodeId: string) => void
  readonly onSelectCompensation?: (nodeId: string) => void
  readonly editable?: EditableHandlers
  readonly faults?: Readonly<Record<string, NodeFaults>>
  readonly breakpoints?: readonly string[]
  readonly problems?: Readonly<Record<string, 'error' | 'warning'>>
  readonly renamingId?: string | null
  readonly ariaLabel?: string
  readonly handle?: React.Ref<GraphHandle>
}
