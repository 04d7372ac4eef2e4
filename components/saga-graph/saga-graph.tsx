'use client'
import '@xyflow/react/dist/base.css'
import './saga-graph.css'
import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from 'react'
import { classNames } from '@/components/ui/class-names'
import type { Point } from '@/core/design/document'
import type { GraphEdge } from './build-edges'
import type { GraphNode } from './build-nodes'
import {
  Background,
  BackgroundVariant,
  type Connection,
  type FlowEdge,
  type OnConnectEnd,
  type OnNodeDrag,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useFlowStore,
  useFlowStoreApi,
  useReactFlow,
} from './flow'
import { ForwardEdge, RollbackEdge } from './forward-edge'
import { type GraphActions, GraphActionsContext } from './graph-context'
import { edgeIdAt, nodeIdAt, onGraphKey } from './graph-keys'
import { PillCard } from './pill-card'
import { StepCard } from './step-card'
import { DRAG_TYPE, type DropPlace, type SagaGraphProps } from './types'
import { useCanvasDrop } from './use-canvas-drop'
import { useFirstView } from './use-first-view'
import { useGraphHandle } from './use-graph-handle'
import { useGraphModel } from './use-graph-model'
import { ZoomBar } from './zoom-bar'

const nodeTypes = { step: StepCard, pill: PillCard }
const edgeTypes = { forward: ForwardEdge, rollback: RollbackEdge }

/**
 * The one picture of a saga: the editor draws on it, a run lives on it.
 * Arrow keys go from node to node, Enter opens; everything that changes the saga is the editor's (`editable`).
 */
export function SagaGraph(props: SagaGraphProps) {
  return (
    <ReactFlowProvider>
      <Graph {...props} />
    </ReactFlowProvider>
  )
}

function Graph(props: SagaGraphProps) {
  const { saga, positions, selectedIds, onSelect, editable, ariaLabel } = props
  const root = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  latest.current = props
  const flow = useReactFlow<GraphNode, GraphEdge>()
  const model = useGraphModel(props)
  const far = useFlowStore((state) => state.transform[2] < 0.62)
  const flowStore = useFlowStoreApi()
  const handle = useGraphHandle(props.handle, root)
  const onMoveStart = useFirstView(root)

  const isEditable = editable !== undefined
  const canGoInto = props.onGoInto !== undefined
  const actions = useMemo<GraphActions>(
    () => ({
      editable: isEditable,
      selectCompensation: (id) => (latest.current.onSelectCompensation ?? latest.current.onSelect)(id),
      insertOnEdge: (id, at) => latest.current.editable?.onInsertOnEdge(id, at),
      ...(canGoInto ? { goInto: (id: string) => latest.current.onGoInto?.(id) } : {}),
      rename: (id, name) => latest.current.editable?.onRenamed(id, name),
    }),
    [isEditable, canGoInto],
  )

  const placeAt = (screen: Point): DropPlace => {
    const under = document.elementsFromPoint(screen.x, screen.y)
    const first = (read: (element: Element) => string | null): string | null =>
      under.map(read).find((id) => id !== null) ?? null
    return {
      screen,
      canvas: flow.screenToFlowPosition(screen),
      nodeId: first(nodeIdAt),
      edgeId: first(edgeIdAt),
    }
  }

  const connect = (from: string, to: string): void => editable?.onConnect(from, to)
  const onConnectEnd: OnConnectEnd = (event, state) => {
    if (!editable || state.isValid || !state.fromNode) return
    const point = 'changedTouches' in event ? event.changedTouches[0] : event
    if (!point) return
    const place = placeAt({ x: point.clientX, y: point.clientY })
    const target = state.toNode?.id ?? place.nodeId
    const backwards = state.fromHandle?.type === 'target'
    if (target === null) {
      if (!backwards) editable.onWireDropped(state.fromNode.id, place)
    } else if (backwards) connect(target, state.fromNode.id)
    // an illegal link is refused by the editor, with its reason
    else connect(state.fromNode.id, target)
  }
  const onDragged: OnNodeDrag<GraphNode> = (_event, _node, moved) =>
    editable?.onMoved(Object.fromEntries(moved.map(({ id, position }) => [id, position])))

  const select = (id: string): void => {
    onSelect(id)
    handle.focus(id)
  }
  // React Flow goes by the keys it has seen, and sees them only with its next drawing: a quick click came before that.
  const onPointerDown = ({ shiftKey, ctrlKey, metaKey }: PointerEvent): void =>
    flowStore.setState({ multiSelectionActive: shiftKey || ctrlKey || metaKey })
  const onKeyDown = (event: KeyboardEvent): void => {
    const [first = null] = selectedIds
    const focused = nodeIdAt(document.activeElement)
    onGraphKey(event, {
      // Of several the one that has the keyboard is no other than they.
      chosen: focused !== null && selectedIds.includes(focused) ? focused : first,
      placed: () => saga.nodes.map(({ id }) => ({ id, at: positions[id] ?? { x: 0, y: 0 } })),
      choose: select,
      open: (id) => props.onOpen?.(id),
    })
  }
  const { dropping, handlers } = useCanvasDrop(
    DRAG_TYPE,
    editable ? (item, screen) => editable.onDropped(item, placeAt(screen)) : null,
  )

  return (
    <GraphActionsContext value={actions}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys bubble up from the nodes, which are focusable */}
      <div
        ref={root}
        tabIndex={-1}
        data-drop={dropping}
        data-far={far || undefined}
        className={classNames('saga-graph h-full w-full outline-none', isEditable && 'is-editable')}
        onKeyDown={onKeyDown}
        onPointerDownCapture={onPointerDown}
        {...handlers}
      >
        <ReactFlow<GraphNode, GraphEdge>
          aria-label={ariaLabel ?? 'Saga graph'}
          nodes={model.nodes}
          edges={model.edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodesChange={model.onNodesChange}
          onEdgesChange={model.onEdgesChange}
          onNodeClick={(_event, node) => isEditable || onSelect(node.id)}
          onNodeDoubleClick={(_event, node) => props.onOpen?.(node.id)}
          onPaneClick={() => onSelect(null)}
          onNodeDragStop={onDragged}
          onConnect={({ source, target }: Connection) => connect(source, target)}
          onConnectEnd={onConnectEnd}
          isValidConnection={(link: Connection | FlowEdge) =>
            editable?.canConnect(link.source, link.target).ok ?? false
          }
          connectionRadius={36}
          nodesDraggable={isEditable}
          nodesConnectable={isEditable}
          edgesFocusable={false}
          nodesFocusable
          // arrow keys go between nodes here; React Flow's own would move them
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode="Shift"
          multiSelectionKeyCode={['Control', 'Meta', 'Shift']}
          selectionMode={SelectionMode.Partial}
          panOnScroll
          zoomActivationKeyCode={['Control', 'Meta']}
          zoomOnDoubleClick={false}
          nodeDragThreshold={3}
          // a hand is never quite still: what is no drag is a click
          nodeClickDistance={3}
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
    </GraphActionsContext>
  )
}
