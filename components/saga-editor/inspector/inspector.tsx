'use client'
import { useCurrentSaga, useDesign } from '@/lib/design-store/design-provider'
import { DesignInspector } from './design-inspector'
import { NodeInspector } from './node-inspector'
import type { InspectorTab } from './tabs'
import { useInspectedKey } from './use-inspected-key'

interface InspectorProps {
  readonly tab: InspectorTab
  readonly onTab: (tab: InspectorTab) => void
}

/** What is chosen on the canvas: a node, an edge, several, or the saga itself. */
export function Inspector({ tab, onTab }: InspectorProps) {
  const saga = useCurrentSaga()
  const nodeIds = useDesign(({ selection }) => selection.nodeIds)
  const edgeIds = useDesign(({ selection }) => selection.edgeIds)
  const [nodeId] = nodeIds
  const node = nodeIds.length === 1 ? saga?.nodes.find(({ id }) => id === nodeId) : undefined
  const key = useInspectedKey(saga, node)
  if (saga && node) return <NodeInspector key={key} saga={saga} node={node} tab={tab} onTab={onTab} />
  return (
    <DesignInspector
      saga={saga}
      nodeCount={nodeIds.length}
      edgeId={nodeIds.length === 0 ? edgeIds[0] : undefined}
    />
  )
}
