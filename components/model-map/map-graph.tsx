'use client'
import '@xyflow/react/dist/base.css'
import '@/components/saga-graph/saga-graph.css'
import './map.css'
import { type KeyboardEvent, type Ref, useMemo, useRef } from 'react'
import {
  Background,
  BackgroundVariant,
  type Connection,
  type FlowEdge,
  type OnConnectEnd,
  ReactFlow,
  ReactFlowProvider,
  useFlowStore,
  useReactFlow,
} from '@/components/saga-graph/flow'
import { nodeIdAt, onGraphKey } from '@/components/saga-graph/graph-keys'
import type { GraphHandle } from '@/components/saga-graph/types'
import { useCanvasDrop } from '@/components/saga-graph/use-canvas-drop'
import { useFirstView } from '@/components/saga-graph/use-first-view'
import { useGraphHandle } from '@/components/saga-graph/use-graph-handle'
import { ZoomBar } from '@/components/saga-graph/zoom-bar'
import { classNames } from '@/components/ui/class-names'
import type { Point } from '@/core/design/document'
import { mapNodeSize } from '@/lib/layout/model-boxes'
import { framesOf, type MapInputs } from './build-map'
import { AggregateCard, MapCard, MapFrame } from './map-cards'
import { type MapActions, MapActionsContext } from './map-context'
import type { MapFlowEdge, MapFlowNode } from './map-types'
import { MapWire } from './map-wire'
import { useMapFlow } from './use-map-flow'

const nodeTypes = { card: MapCard, aggregate: AggregateCard, frame: MapFrame }
const edgeTypes = { wire: MapWire }

/** Below this a name of a card cannot be read: rather the beginning than everything. */
const LEAST_ZOOM = 0.55

/** What the palette lays on a drag, by this name. */
export const MAP_DRAG_TYPE = 'application/x-model-kind'

/** Where something was let go. */
export interface MapDrop {
  readonly canvas: Point
  readonly screen: Point
  /** What is under it: a card, or the aggregate whose frame it is in. */
  readonly id: string | null
  /** It is a card: what is put there would lie on it. */
  readonly onCard: boolean
}

export interface MapGraphProps extends MapInputs {
  readonly ariaLabel: string
  readonly handle: Ref<GraphHandle>
  readonly onChoose: (id: string | null) => void
  /** Enter or a double click. */
  readonly onOpen: (id: string) => void
  readonly onMoved: (places: Readonly<Record<string, Point>>) => void
  readonly onRenamed: MapActions['renamed']
  readonly canWire: (from: string, to: string) => boolean
  readonly onWired: (from: string, to: string) => void
  /** A wire let go over nothing. */
  readonly onWireDropped: (from: string, at: MapDrop) => void
  readonly onDropped: (kind: string, at: MapDrop) => void
}

/** The picture of a design's model. Arrow keys go from card to card, Enter opens. */
export function MapGraph(props: MapGraphProps) {
  return (
    <ReactFlowProvider>
      <Graph {...props} />
    </ReactFlowProvider>
  )
}

function Graph(props: MapGraphProps) {
  const { map, places, chosen, editable, onChoose } = props
  const root = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  latest.current = props
  const flow = useReactFlow<MapFlowNode, MapFlowEdge>()
  const model = useMapFlow(props)
  const far = useFlowStore((state) => state.transform[2] < 0.62)
  const handle = useGraphHandle(props.handle, root)
  const onMoveStart = useFirstView(root, LEAST_ZOOM)
  const actions = useMemo<MapActions>(
    () => ({ renamed: (id, name) => latest.current.onRenamed(id, name) }),
    [],
  )

  const dropAt = (screen: Point): MapDrop => {
    const canvas = flow.screenToFlowPosition(screen)
    const under = document.elementsFromPoint(screen.x, screen.y)
    const card = under.map(nodeIdAt).find((id) => id !== null && map.nodes.some((node) => node.id === id))
    const frame = framesOf(map, places).find(
      ({ at, width, height }) =>
        canvas.x >= at.x && canvas.y >= at.y && canvas.x <= at.x + width && canvas.y <= at.y + height,
    )
    return { screen, canvas, id: card ?? frame?.id ?? null, onCard: card !== undefined }
  }
  const onConnectEnd: OnConnectEnd = (event, state) => {
    if (!editable || state.isValid || !state.fromNode) return
    const point = 'changedTouches' in event ? event.changedTouches[0] : event
    if (!point) return
    const drop = dropAt({ x: point.clientX, y: point.clientY })
    const under = state.toNode?.id ?? (drop.onCard ? drop.id : null)
    const backwards = state.fromHandle?.type === 'target'
    if (under === null) {
      if (!backwards) props.onWireDropped(state.fromNode.id, drop)
    } else if (backwards) props.onWired(under, state.fromNode.id)
    // one that cannot be is refused by the owner, with its reason
    else props.onWired(state.fromNode.id, under)
  }

  const choose = (id: string): void => {
    onChoose(id)
    handle.focus(id)
  }
  const onKeyDown = (event: KeyboardEvent): void =>
    onGraphKey(event, {
      chosen,
      placed: () =>
        map.nodes.map((node) => {
          const at = places[node.id] ?? { x: 0, y: 0 }
          const { width, height } = mapNodeSize(map, node)
          return { id: node.id, at: { x: at.x + width / 2, y: at.y + height / 2 } }
        }),
      choose,
      open: props.onOpen,
    })
  const { dropping, handlers } = useCanvasDrop(
    MAP_DRAG_TYPE,
    editable ? (kind, screen) => props.onDropped(kind, dropAt(screen)) : null,
  )

  return (
    <MapActionsContext value={actions}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys bubble up from the cards, which are focusable */}
      <div
        ref={root}
        tabIndex={-1}
        data-drop={dropping}
        data-far={far || undefined}
        className={classNames('saga-graph model-map h-full w-full outline-none', editable && 'is-editable')}
        onKeyDown={onKeyDown}
        {...handlers}
      >
        <ReactFlow
          aria-label={props.ariaLabel}
          nodes={model.nodes}
          edges={model.edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodesChange={model.onNodesChange}
          onNodeClick={(_event, node) => onChoose(node.id)}
          onNodeDoubleClick={(_event, node) => props.onOpen(node.id)}
          onPaneClick={() => onChoose(null)}
          onNodeDragStart={(_event, node) => onChoose(node.id)}
          onNodeDragStop={(_event, _node, moved) =>
            props.onMoved(Object.fromEntries(moved.map(({ id, position }) => [id, position])))
          }
          onConnect={({ source, target }: Connection) => props.onWired(source, target)}
          onConnectEnd={onConnectEnd}
          isValidConnection={(link: Connection | FlowEdge) => props.canWire(link.source, link.target)}
          connectionRadius={30}
          nodesDraggable={editable}
          nodesConnectable={editable}
          elementsSelectable={false}
          edgesFocusable={false}
          nodesFocusable
          // arrow keys go between cards here; React Flow's own would move them
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode={null}
          multiSelectionKeyCode={null}
          panOnScroll
          zoomActivationKeyCode={['Control', 'Meta']}
          zoomOnDoubleClick={false}
          nodeDragThreshold={3}
          minZoom={0.15}
          maxZoom={2}
          onMoveStart={onMoveStart}
        >
          <Background
            variant={BackgroundVariant.Dots}
            gap={20}
            size={1.5}
            color="var(--canvas-dot)"
            bgColor="var(--canvas)"
          />
          <ZoomBar />
        </ReactFlow>
      </div>
    </MapActionsContext>
  )
}
