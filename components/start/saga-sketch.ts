import type { Design } from '@/core/design/document'
import { doerOf, type Saga } from '@/core/design/saga'

export interface SketchNode {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly shape: 'end' | 'step' | 'pivot' | 'choice'
  /** Drawn as the half-height box beneath, on its dashed stem. */
  readonly compensated: boolean
}

export interface SketchEdge {
  readonly id: string
  readonly from: SketchNode
  readonly to: SketchNode
}

/** A saga's graph at thumbnail size, in its own pixels: `x`, `y` are the middle of each node. */
export interface Sketch {
  readonly width: number
  readonly height: number
  readonly nodes: readonly SketchNode[]
  readonly edges: readonly SketchEdge[]
}

const NODE_WIDTH = 220
const NODE_HEIGHT = 72
const MARGIN = 40
/** Room for a compensation beneath its step. */
const BENEATH = 60

/** The first saga of a design, or null when it has none. Nodes without a place stand in a row. */
export function sagaSketch(design: Design): Sketch | null {
  const saga = design.sagas[0]
  if (saga === undefined || saga.nodes.length === 0) return null
  const places = design.layout.sagas[saga.id] ?? {}
  const nodes = saga.nodes.map((node, index): SketchNode => {
    const at = places[node.id] ?? { x: index * 280, y: 0 }
    return {
      id: node.id,
      x: at.x + NODE_WIDTH / 2,
      y: at.y + NODE_HEIGHT / 2,
      shape: shapeOf(node),
      compensated: doerOf(node)?.compensation !== undefined,
    }
  })
  return frame(saga, nodes)
}

function shapeOf(node: Saga['nodes'][number]): SketchNode['shape'] {
  switch (node.type) {
    case 'start':
    case 'end':
    case 'fail':
      return 'end'
    case 'choice':
      return 'choice'
    case 'step':
      return node.kind === 'pivot' ? 'pivot' : 'step'
    default:
      return 'step'
  }
}

function frame(saga: Saga, placed: readonly SketchNode[]): Sketch {
  const left = Math.min(...placed.map(({ x }) => x)) - NODE_WIDTH / 2 - MARGIN
  const top = Math.min(...placed.map(({ y }) => y)) - NODE_HEIGHT / 2 - MARGIN
  const right = Math.max(...placed.map(({ x }) => x)) + NODE_WIDTH / 2 + MARGIN
  const bottom =
    Math.max(...placed.map(({ y, compensated }) => y + (compensated ? BENEATH : 0))) +
    NODE_HEIGHT / 2 +
    MARGIN
  const nodes = placed.map((node) => ({ ...node, x: node.x - left, y: node.y - top }))
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const edges = saga.edges.flatMap(({ id, from, to }) => {
    const [source, target] = [byId.get(from), byId.get(to)]
    return source && target ? [{ id, from: source, to: target }] : []
  })
  return { width: right - left, height: bottom - top, nodes, edges }
}
