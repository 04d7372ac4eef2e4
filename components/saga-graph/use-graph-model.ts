'use client'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { buildEdges, type GraphEdge } from './build-edges'
import { buildNodes, type GraphNode } from './build-nodes'
import { applyNodeChanges, type NodeChange, type OnEdgesChange, type OnNodesChange } from './flow'
import type { SagaGraphProps } from './types'

interface GraphModel {
  readonly nodes: GraphNode[]
  readonly edges: GraphEdge[]
  readonly onNodesChange: OnNodesChange<GraphNode>
  readonly onEdgesChange: OnEdgesChange<GraphEdge>
}

/**
 * The saga's nodes and edges as React Flow holds them: built from the props, moved on their own while dragged.
 * React Flow tells of nodes and edges apart; what is selected is told to the owner as one.
 */
export function useGraphModel(props: SagaGraphProps): GraphModel {
  const { saga, positions, run, selectedIds, selectedEdgeIds, faults, breakpoints, problems, renamingId } =
    props
  const tabStop =
    selectedIds[0] ?? saga.nodes.find(({ type }) => type === 'start')?.id ?? saga.nodes[0]?.id ?? null

  const nodeCache = useRef<ReadonlyMap<string, GraphNode>>(new Map())
  const built = useMemo(() => {
    const inputs = { saga, positions, run, selectedIds, faults, breakpoints, problems, renamingId, tabStop }
    const list = buildNodes(inputs, nodeCache.current)
    nodeCache.current = new Map(list.map((node) => [node.id, node]))
    return list
  }, [saga, positions, run, selectedIds, faults, breakpoints, problems, renamingId, tabStop])

  const edgeCache = useRef<ReadonlyMap<string, GraphEdge>>(new Map())
  const edges = useMemo(() => {
    const list = buildEdges({ saga, run, selectedEdgeIds }, edgeCache.current)
    edgeCache.current = new Map(list.map((edge) => [edge.id, edge]))
    return [...list]
  }, [saga, run, selectedEdgeIds])

  const [nodes, setNodes] = useState<HeldNode[]>(() => adopt([], built))
  useEffect(() => {
    setNodes((current) => adopt(current, built))
  }, [built])

  const selection = useSelection(props)
  const onNodesChange = useCallback<OnNodesChange<GraphNode>>(
    (changes) => {
      selection('nodes', changes)
      const own = changes.filter(({ type }) => type === 'position' || type === 'dimensions')
      if (own.length > 0) setNodes((current) => applyNodeChanges(own as NodeChange<HeldNode>[], current))
    },
    [selection],
  )
  const onEdgesChange = useCallback<OnEdgesChange<GraphEdge>>(
    (changes) => selection('edges', changes),
    [selection],
  )
  return { nodes, edges, onNodesChange, onEdgesChange }
}

/** A node as React Flow holds it: moved while it is dragged, and still known by what it was made from. */
type HeldNode = GraphNode & { readonly madeFrom: GraphNode }

/** Takes over what changed; what React Flow has measured of a node stays. */
function adopt(current: readonly HeldNode[], built: readonly GraphNode[]): HeldNode[] {
  const held = new Map(current.map((node) => [node.id, node]))
  return built.map((node) => {
    const old = held.get(node.id)
    if (old?.madeFrom === node) return old
    const measured = old?.measured ? { measured: { width: node.width, height: node.height } } : {}
    return { ...node, ...measured, madeFrom: node }
  })
}

type Change = { readonly type: string; readonly id?: string; readonly selected?: boolean }

function useSelection(props: SagaGraphProps): (what: 'nodes' | 'edges', changes: readonly Change[]) => void {
  const latest = useRef(props)
  latest.current = props
  // Within one event both kinds of change come: the second must see the first.
  const now = useRef({ nodes: new Set<string>(), edges: new Set<string>() })
  const { selectedIds, selectedEdgeIds } = props
  useEffect(() => {
    now.current = { nodes: new Set(selectedIds), edges: new Set(selectedEdgeIds) }
  }, [selectedIds, selectedEdgeIds])
  return useCallback((what, changes) => {
    const chosen = now.current[what]
    let changed = false
    for (const change of changes) {
      if (change.type !== 'select' || change.id === undefined || chosen.has(change.id) === change.selected)
        continue
      if (change.selected) chosen.add(change.id)
      else chosen.delete(change.id)
      changed = true
    }
    if (!changed) return
    const { nodes, edges } = now.current
    const { editable, onSelect } = latest.current
    if (editable) editable.onSelection([...nodes], [...edges])
    else onSelect([...nodes].at(-1) ?? null)
  }, [])
}
