import { label, type SagaScope } from './lint-scope'
import { type Problem, problem } from './problem'

/** Nodes one by one. */
export function lintNodes({ saga, path }: SagaScope): readonly Problem[] {
  return saga.nodes.flatMap((node, at) => {
    const here = [...path, 'nodes', at]
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
