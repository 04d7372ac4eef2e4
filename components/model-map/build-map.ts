import { MarkerType } from '@/components/saga-graph/flow'
import type { Point } from '@/core/design/document'
import { type MapEdge, type MapNode, type ModelMap, placeKey } from '@/core/model-map'
import { mapNodeSize, membersOf } from '@/lib/layout/model-boxes'
import type { MapPlaces } from '@/lib/layout/model-layout'
import type { MapCardData, MapFlowEdge, MapFlowNode } from './map-types'
import { kindWords, lackWords, memberWords, spokenLabel } from './map-words'

export interface MapInputs {
  readonly map: ModelMap
  readonly places: MapPlaces
  readonly chosen: string | null
  /** What stays in focus mode; null when everything does. */
  readonly focus: ReadonlySet<string> | null
  readonly problems: Readonly<Record<string, 'error' | 'warning'>>
  readonly renaming: { readonly id: string; readonly text: string } | null
  readonly editable: boolean
}

/**
 * The map as React Flow wants it. A card that shows nothing new is the very object it was before.
 * @param before what this function gave last time
 */
export function buildMapNodes(
  inputs: MapInputs,
  before: ReadonlyMap<string, MapFlowNode>,
): readonly MapFlowNode[] {
  const { map, places, chosen, renaming } = inputs
  const tabStop = chosen ?? map.nodes[0]?.id ?? null
  const cards = map.nodes.map((node): MapFlowNode => {
    const data: MapCardData = {
      node,
      detail: detailOf(map, node),
      label: spokenLabel(map, node),
      problem: inputs.problems[node.id] ?? null,
      faded: inputs.focus !== null && !inputs.focus.has(node.id),
      renaming: renaming?.id === node.id ? renaming.text : null,
    }
    const fresh: MapFlowNode = {
      id: node.id,
      type: node.kind === 'aggregate' ? 'aggregate' : 'card',
      position: places[node.id] ?? { x: 0, y: 0 },
      data,
      selected: chosen === node.id,
      ariaLabel: data.label,
      ariaRole: 'group',
      domAttributes: { tabIndex: node.id === tabStop ? 0 : -1 },
      draggable: inputs.editable,
      ...mapNodeSize(map, node),
    }
    const old = before.get(node.id)
    return old && isSame(old, fresh) ? old : fresh
  })
  return [...frames(map, places), ...cards]
}

function isSame(a: MapFlowNode, b: MapFlowNode): boolean {
  return (
    a.position.x === b.position.x &&
    a.position.y === b.position.y &&
    a.selected === b.selected &&
    a.draggable === b.draggable &&
    a.height === b.height &&
    a.domAttributes?.tabIndex === b.domAttributes?.tabIndex &&
    a.data.label === b.data.label &&
    a.data.detail === b.data.detail &&
    a.data.problem === b.data.problem &&
    a.data.faded === b.data.faded &&
    a.data.renaming === b.data.renaming &&
    a.data.node.title === b.data.node.title
  )
}

function detailOf(map: ModelMap, node: MapNode): string {
  if (node.lacks.length > 0) return lackWords(node.lacks)
  return node.kind === 'aggregate' ? memberWords(map, node.name) : kindWords(node).toLowerCase()
}

/** Between two wires that lead back, px. */
const BACK_LANE_PX = 16
/** What leaves room around an aggregate's parts, px. */
const FRAME_PADDING = 20

export interface Frame {
  readonly id: string
  readonly at: Point
  readonly width: number
  readonly height: number
}

/** Around each aggregate with its commands and events, wherever they stand: its lane. */
export function framesOf(map: ModelMap, places: MapPlaces): readonly Frame[] {
  return map.nodes.flatMap((aggregate) => {
    if (aggregate.kind !== 'aggregate') return []
    const boxes = [aggregate, ...membersOf(map, aggregate.name)].map((node) => ({
      ...(places[node.id] ?? { x: 0, y: 0 }),
      ...mapNodeSize(map, node),
    }))
    const left = Math.min(...boxes.map(({ x }) => x)) - FRAME_PADDING
    const top = Math.min(...boxes.map(({ y }) => y)) - FRAME_PADDING
    const right = Math.max(...boxes.map(({ x, width }) => x + width)) + FRAME_PADDING
    const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + FRAME_PADDING
    return [{ id: aggregate.id, at: { x: left, y: top }, width: right - left, height: bottom - top }]
  })
}

function frames(map: ModelMap, places: MapPlaces): readonly MapFlowNode[] {
  const nodes = new Map(map.nodes.map((node) => [node.id, node]))
  return framesOf(map, places).flatMap(({ id, at, width, height }) => {
    const node = nodes.get(id)
    if (!node) return []
    return [
      {
        id: `frame ${id}`,
        type: 'frame' as const,
        position: at,
        width,
        height,
        zIndex: -1,
        draggable: false,
        selectable: false,
        focusable: false,
        connectable: false,
        data: { node, detail: '', label: '', problem: null, faded: false, renaming: null },
      },
    ]
  })
}

export function buildMapEdges(inputs: MapInputs): readonly MapFlowEdge[] {
  const { map, places, chosen, focus } = inputs
  const isBack = ({ from, to }: MapEdge): boolean => (places[to]?.x ?? 0) < (places[from]?.x ?? 0)
  // beneath everything, one below the other: a wire back would else run across what it has nothing to do with
  const bottom = Math.max(
    ...map.nodes.map((node) => (places[node.id]?.y ?? 0) + mapNodeSize(map, node).height + FRAME_PADDING),
  )
  const drawn = map.edges.filter(isDrawn(map))
  const backs = drawn.filter(isBack).map(({ id }) => id)
  return drawn.map((edge): MapFlowEdge => {
    const near = chosen !== null && (edge.from === chosen || edge.to === chosen)
    return {
      id: edge.id,
      type: 'wire',
      source: edge.from,
      target: edge.to,
      focusable: false,
      selectable: false,
      markerEnd: {
        type: MarkerType.ArrowClosed,
        width: 14,
        height: 14,
        color: near ? 'var(--accent)' : 'var(--subtle)',
      },
      data: {
        edge,
        through: throughOf(map, edge),
        backAt: isBack(edge) ? bottom + BACK_LANE_PX * (backs.indexOf(edge.id) + 1) : null,
        faded: focus !== null && !(focus.has(edge.from) && focus.has(edge.to)),
        near,
      },
    }
  })
}

/** That an aggregate handles a command is seen by the wire going through it; only one that emits nothing ends there. */
const isDrawn = (map: ModelMap): ((edge: MapEdge) => boolean) => {
  const emitting = new Set(map.edges.flatMap(({ kind, from }) => (kind === 'emits' ? [from] : [])))
  return ({ kind, from }) => kind !== 'handled' || !emitting.has(from)
}

function throughOf(map: ModelMap, { kind, from }: MapEdge): string | null {
  if (kind !== 'emits' || !from.startsWith(placeKey.command('', '').slice(0, -1))) return null
  const [, owner = ''] = from.split('/')
  const aggregate = placeKey.aggregate(owner)
  return map.nodes.some(({ id }) => id === aggregate) ? aggregate : null
}
