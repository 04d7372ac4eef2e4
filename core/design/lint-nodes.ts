import { label, type SagaScope } from './lint-scope'
import { type Problem, problem } from './problem'
import type { SagaNode } from './saga'

/** Kinds of nodes that the document has room for and the engine does not run yet. */
export const UNSUPPORTED_NODE_TYPES: readonly SagaNode['type'][] = [
  'approval',
  'signal',
  'saga',
  'map',
  'loop',
]

/** Nodes one by one. */
export function lintNodes({ saga, path }: SagaScope): readonly Problem[] {
  return saga.nodes.flatMap((node, at) => {
    const here = [...path, 'nodes', at]
    if (UNSUPPORTED_NODE_TYPES.includes(node.type) && !node.disabled) {
      return problem(
        'UNSUPPORTED_NODE',
        'error',
        here,
        `${label(node)}: the engine does not run "${node.type}" nodes yet`,
      )
    }
    if (node.type === 'wait' && !node.disabled && node.durationMs === undefined && node.until === undefined) {
      return problem(
        'WAIT_WITHOUT_TIME',
        'error',
        here,
        `${label(node)} says neither how long nor until when`,
        {
          title: 'Wait one minute',
          patch: [{ op: 'add', path: [...here, 'durationMs'], value: 60_000 }],
        },
      )
    }
    return []
  })
}
