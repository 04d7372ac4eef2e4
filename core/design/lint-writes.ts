import { coLive } from './co-live'
import type { Design } from './document'
import { reachableFrom } from './graph'
import { label, type SagaScope } from './lint-scope'
import { type Problem, problem } from './problem'
import type { SagaNode } from './saga'
import { returnedKeys } from './written-keys'

/** PARALLEL_WRITES: two nodes that one run reaches, neither after the other, that write one key of the data. */
export function lintWrites(scope: SagaScope): readonly Problem[] {
  if (!scope.acyclic || scope.startId === undefined) return []
  const { saga, graph } = scope
  const writers = saga.nodes.flatMap((node, at) => {
    const keys = new Set(writtenKeys(scope.design, node))
    return keys.size === 0 ? [] : { node, at, keys, after: reachableFrom(graph, [node.id]) }
  })
  if (writers.length < 2) return []
  const together = coLive(scope)
  return writers.flatMap((other, index) => {
    // One partner is told: of three hundred that write one key, forty thousand pairs would be.
    const one = writers.slice(0, index).find((before) => {
      const ordered =
        before.node.id === other.node.id || before.after.has(other.node.id) || other.after.has(before.node.id)
      return (
        !ordered &&
        [...before.keys].some((key) => other.keys.has(key)) &&
        together(before.node.id, other.node.id)
      )
    })
    if (!one) return []
    const key = [...one.keys].find((candidate) => other.keys.has(candidate))
    const path = [
      ...scope.path,
      'nodes',
      other.at,
      ...('output' in other.node && other.node.output !== undefined ? ['output'] : []),
    ]
    return problem(
      'PARALLEL_WRITES',
      'warning',
      path,
      `${label(one.node)} and ${label(other.node)} may run side by side and both write "${key}": the later to end wins`,
    )
  })
}

/**
 * Keys of the data a node is seen to write: those of its output expression, else of the result that is merged whole.
 * A command merges nothing unless asked.
 */
export function writtenKeys(design: Design, node: SagaNode): readonly string[] {
  if (node.disabled) return []
  if ('output' in node && node.output !== undefined) return returnedKeys(node.output)
  // What a person decided, and what a map returned, stand under the node's own id.
  if (node.type === 'approval' || node.type === 'map') return [node.id]
  if (node.type !== 'step' || node.action.type === 'command') return []
  const { action } = node
  if (action.type === 'script') return returnedKeys(action.code)
  const service = design.services.find(({ id }) => id === action.service)
  const operation = service?.operations.find(({ id }) => id === action.operation)
  const response = operation?.http ? operation.http.response : operation?.response
  return response === undefined ? [] : returnedKeys(response)
}
