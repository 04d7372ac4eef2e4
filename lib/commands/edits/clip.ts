import { z } from 'zod'
import type { Design, Point } from '@/core/design/document'
import { edgeSchema, nodeSchema, type Saga } from '@/core/design/saga'
import { freshEdgeId, freshNodeId, placesOf, sagaOf } from './saga-draft'

/** Part of a saga on its way through the clipboard: text, so that it goes between designs and windows. */
const clipSchema = z.strictObject({
  kind: z.literal('saga-workbench/nodes'),
  nodes: z.array(nodeSchema).min(1).max(300),
  edges: z.array(edgeSchema).max(600),
  places: z.record(z.string(), z.object({ x: z.number(), y: z.number() })),
})
export type Clip = z.infer<typeof clipSchema>

/** The nodes and the edges between them. A start is not copied: a saga has one. Null when nothing is left. */
export function copyNodes(
  saga: Saga,
  places: Readonly<Record<string, Point>>,
  nodeIds: readonly string[],
): Clip | null {
  const nodes = saga.nodes.filter(({ id, type }) => nodeIds.includes(id) && type !== 'start')
  if (nodes.length === 0) return null
  const taken = new Set(nodes.map(({ id }) => id))
  return {
    kind: 'saga-workbench/nodes',
    nodes,
    edges: saga.edges.filter(({ from, to }) => taken.has(from) && taken.has(to)),
    places: Object.fromEntries([...taken].map((id) => [id, places[id] ?? { x: 0, y: 0 }])),
  }
}

/** Reads a clipboard's text; null when it holds something else. */
export function readClip(text: string): Clip | null {
  try {
    const parsed = clipSchema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** Puts a clip into a draft under ids of its own, a little below where it came from. @returns the new nodes' ids */
export function pasteClip(draft: Design, sagaId: string, clip: Clip): readonly string[] {
  const saga = sagaOf(draft, sagaId)
  if (!saga) return []
  const places = placesOf(draft, sagaId)
  const ids = new Map<string, string>()
  for (const node of clip.nodes) {
    const id = freshNodeId(saga, node.id)
    ids.set(node.id, id)
    saga.nodes.push({ ...structuredClone(node), id })
    const from = clip.places[node.id] ?? { x: 0, y: 0 }
    places[id] = { x: from.x + 40, y: from.y + 160 }
  }
  for (const edge of clip.edges) {
    const from = ids.get(edge.from)
    const to = ids.get(edge.to)
    if (from !== undefined && to !== undefined) {
      saga.edges.push({ ...edge, id: freshEdgeId(saga, from, to), from, to })
    }
  }
  return [...ids.values()]
}
