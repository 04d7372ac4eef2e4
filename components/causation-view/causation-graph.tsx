'use client'
import '@xyflow/react/dist/base.css'
import './causation.css'
import { type KeyboardEvent, useMemo, useRef } from 'react'
import {
  Background,
  BackgroundVariant,
  type FlowEdge,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from '@/components/saga-graph/flow'
import { type Direction, neighbour } from '@/components/saga-graph/geometry'
import { arrowOf, nodeIdAt } from '@/components/saga-graph/graph-keys'
import { ZoomBar } from '@/components/saga-graph/zoom-bar'
import type { CausationAnswer } from '@/core/protocol'
import { useDesign } from '@/lib/design-store'
import { buildFlow, CARD_HEIGHT, CARD_WIDTH, type EventNode } from './build-flow'
import { EventCard } from './event-card'
import { useViewOfSelf } from './use-view-of-self'

const nodeTypes = { event: EventCard }

export interface CausationGraphProps {
  readonly answer: CausationAnswer
  /** Position of the event that is selected. */
  readonly selected: number
  readonly onSelect: (position: number) => void
  readonly onOpen: (position: number) => void
}

/** Causes to the left, effects to the right. Arrow keys go from event to event, Enter looks from there. */
export function CausationGraph(props: CausationGraphProps) {
  return (
    <ReactFlowProvider>
      <Graph {...props} />
    </ReactFlowProvider>
  )
}

function Graph({ answer, selected, onSelect, onOpen }: CausationGraphProps) {
  const root = useRef<HTMLDivElement>(null)
  const flow = useReactFlow<EventNode, FlowEdge>()
  const design = useDesign((state) => state.document)
  const { nodes, edges } = useMemo(() => buildFlow(design, answer, selected), [design, answer, selected])
  const onMoveStart = useViewOfSelf(root, answer.position)

  const go = (id: string): void => {
    onSelect(Number(id))
    const node = nodes.find((one) => one.id === id)
    const element = root.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${id}"]`)
    element?.focus({ preventScroll: true })
    if (!node) return
    const { x, y } = node.position
    void flow.setCenter(x + CARD_WIDTH / 2, y + CARD_HEIGHT / 2, { zoom: flow.getZoom() })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const focused = nodeIdAt(document.activeElement)
    if (focused === null) return
    const direction = arrowOf(event)
    if (event.key === 'Enter') onOpen(Number(focused))
    else if (event.key === ' ') onSelect(Number(focused))
    else if (direction !== null) {
      const placed = nodes.map(({ id, position }) => ({ id, at: position }))
      // At the end of a line it goes on below.
      const next = neighbour(placed, focused, direction) ?? linked(edges, focused, direction)
      if (next !== null) go(next)
    } else return
    event.preventDefault()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys bubble up from the nodes, which are focusable
    <div ref={root} className="causation-graph h-full w-full" onKeyDown={onKeyDown}>
      <ReactFlow<EventNode, FlowEdge>
        aria-label="Causes and effects"
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        onNodeClick={(_event, { id }) => onSelect(Number(id))}
        onNodeDoubleClick={(_event, { id }) => onOpen(Number(id))}
        onlyRenderVisibleElements={answer.events.length > 100}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable
        edgesFocusable={false}
        // arrow keys go between events here; React Flow's own would move them
        disableKeyboardA11y
        deleteKeyCode={null}
        panOnScroll
        zoomActivationKeyCode={['Control', 'Meta']}
        zoomOnDoubleClick={false}
        minZoom={0.1}
        maxZoom={1.5}
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
  )
}

/** What an event led to, or what led to it. */
function linked(edges: readonly FlowEdge[], id: string, direction: Direction): string | null {
  if (direction === 'right') return edges.find(({ source }) => source === id)?.target ?? null
  return direction === 'left' ? (edges.find(({ target }) => target === id)?.source ?? null) : null
}
