'use client'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { applyNodeChanges, type NodeChange, type OnNodesChange } from '@/components/saga-graph/flow'
import { buildMapEdges, buildMapNodes, type MapInputs } from './build-map'
import type { MapFlowEdge, MapFlowNode } from './map-types'

/** A card as React Flow holds it: moved while it is dragged, and still known by what it was made from. */
type HeldNode = MapFlowNode & { readonly madeFrom: MapFlowNode }

interface MapFlow {
  readonly nodes: HeldNode[]
  readonly edges: MapFlowEdge[]
  readonly onNodesChange: OnNodesChange<HeldNode>
}

/** The map's cards and wires as React Flow holds them: built from the design, moved on their own while dragged. */
export function useMapFlow(inputs: MapInputs): MapFlow {
  const { map, places, chosen, focus, problems, renaming, editable } = inputs
  const cache = useRef<ReadonlyMap<string, MapFlowNode>>(new Map())
  const built = useMemo(() => {
    const list = buildMapNodes({ map, places, chosen, focus, problems, renaming, editable }, cache.current)
    cache.current = new Map(list.map((node) => [node.id, node]))
    return list
  }, [map, places, chosen, focus, problems, renaming, editable])
  const edges = useMemo(
    () => [...buildMapEdges({ map, places, chosen, focus, problems, renaming, editable })],
    [map, places, chosen, focus, problems, renaming, editable],
  )
  const [nodes, setNodes] = useState<HeldNode[]>(() => adopt([], built))
  useEffect(() => {
    setNodes((current) => adopt(current, built))
  }, [built])
  const onNodesChange = useCallback<OnNodesChange<HeldNode>>((changes) => {
    const own = changes.filter(({ type }) => type === 'position' || type === 'dimensions')
    if (own.length > 0) setNodes((current) => applyNodeChanges(own as NodeChange<HeldNode>[], current))
  }, [])
  return { nodes, edges, onNodesChange }
}

/** Takes over what changed; what React Flow has measured of a card of the same size stays. */
function adopt(current: readonly HeldNode[], built: readonly MapFlowNode[]): HeldNode[] {
  const held = new Map(current.map((node) => [node.id, node]))
  return built.map((node) => {
    const old = held.get(node.id)
    if (old?.madeFrom === node) return old
    const measured = old?.measured ? { measured: { width: node.width, height: node.height } } : {}
    return { ...node, ...measured, madeFrom: node }
  })
}
