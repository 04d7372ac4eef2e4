import { nodeTitle } from '@/components/saga-graph/node-words'
import type { Design } from '@/core/design/document'
import type { Problem } from '@/core/design/problem'
import type { DesignPath } from '@/core/design/program'
import type { Saga } from '@/core/design/saga'
import type { InspectorTab } from './inspector/tabs'

/** Where a problem stands, as far as one can go there. */
export interface ProblemPlace {
  readonly sagaId: string | null
  readonly nodeId: string | null
  readonly edgeId: string | null
  /** In the words of the design: "Reserve stock". */
  readonly where: string
}

const PARTS: Readonly<Record<string, string>> = {
  services: 'Service',
  aggregates: 'Aggregate',
  projections: 'Read model',
  policies: 'Policy',
  scenarios: 'Scenario',
  layout: 'Layout',
}

export function placeOf(design: Design, { path }: Problem): ProblemPlace {
  const [part, at, list, index] = path
  const nowhere: ProblemPlace = { sagaId: null, nodeId: null, edgeId: null, where: 'The design' }
  if (part === 'sagas' && typeof at === 'number') {
    const saga = design.sagas[at]
    if (!saga) return nowhere
    const place = { ...nowhere, sagaId: saga.id, where: saga.name ?? saga.id }
    if (typeof index !== 'number') return place
    if (list === 'nodes') {
      const node = saga.nodes[index]
      return node ? { ...place, nodeId: node.id, where: nodeTitle(node) } : place
    }
    const edge = saga.edges[index]
    return edge ? { ...place, edgeId: edge.id, where: `${edge.from} → ${edge.to}` } : place
  }
  if (typeof part !== 'string') return nowhere
  const items: unknown = (design as Readonly<Record<string, unknown>>)[part]
  const item: unknown = Array.isArray(items) && typeof at === 'number' ? items[at] : undefined
  const id = typeof item === 'object' && item !== null && 'id' in item ? ` ${String(item.id)}` : ''
  return { ...nowhere, where: `${PARTS[part] ?? part}${id}` }
}

/** Where in the inspector of its node the field stands that a problem is about. */
export function tabOf(path: DesignPath): InspectorTab {
  const inNode = path.slice(4)
  const [first, second] = inNode[0] === 'body' ? inNode.slice(1) : inNode
  if (first === 'compensation') return 'compensation'
  if (first === 'retry') return 'policy'
  if (second === undefined && (first === 'input' || first === 'output')) return 'data'
  return 'config'
}

/** The worst that is wrong with each node of a saga. */
export function nodeProblems(
  design: Design,
  problems: readonly Problem[],
  saga: Saga | null,
): Readonly<Record<string, 'error' | 'warning'>> {
  const marks: Record<string, 'error' | 'warning'> = {}
  for (const problem of problems) {
    if (problem.severity === 'info') continue
    const { sagaId, nodeId } = placeOf(design, problem)
    if (nodeId === null || sagaId !== saga?.id) continue
    if (marks[nodeId] !== 'error') marks[nodeId] = problem.severity
  }
  return marks
}
