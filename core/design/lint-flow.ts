import { findCycles, reachableFrom } from './graph'
import { removeNode } from './lint-edges'
import { freshId, isLeaf, label, type SagaScope } from './lint-scope'
import { type Fix, type Problem, problem } from './problem'
import type { SagaNode } from './saga'

/** Where tokens get to: cycles, nodes nothing leads to, ways that stop short. */
export function lintFlow(scope: SagaScope): readonly Problem[] {
  return [...cycles(scope), ...reach(scope), ...deadEnds(scope)]
}

function cycles(scope: SagaScope): readonly Problem[] {
  return findCycles(scope.graph).map((cycle) => {
    const closing = cycle.at(-1)
    const path = closing ? scope.edgePath(closing) : scope.path
    const walk = [...cycle.map((edge) => edge.from), cycle[0]?.from].join(' → ')
    return problem('CYCLE', 'error', path, `each of these waits for the one before it: ${walk}`, {
      title: 'Delete the edge that closes the circle',
      patch: [{ op: 'remove', path }],
    })
  })
}

function reach(scope: SagaScope): readonly Problem[] {
  const { saga, path, startId } = scope
  const busy = saga.nodes.some((node) => node.type !== 'start' && node.type !== 'end')
  const empty = busy ? [] : [problem('EMPTY_SAGA', 'warning', path, 'this saga does nothing yet: add a step')]
  if (startId === undefined) return empty
  const reached = reachableFrom(scope.graph, [startId])
  const lost = saga.nodes.flatMap((node, at) =>
    reached.has(node.id) || node.type === 'start'
      ? []
      : problem(
          'UNREACHABLE_NODE',
          'warning',
          [...path, 'nodes', at],
          `nothing leads to ${label(node)}`,
          removeNode(scope, at),
        ),
  )
  return [...empty, ...lost]
}

function deadEnds(scope: SagaScope): readonly Problem[] {
  const { saga, path } = scope
  return saga.nodes.flatMap((node, at) =>
    node.type === 'end' || node.type === 'fail' || node.type === 'choice' || !isLeaf(scope, node.id)
      ? []
      : problem(
          'DEAD_END',
          'info',
          [...path, 'nodes', at],
          `${label(node)} leads nowhere; its branch ends there`,
          endAfter(scope, node),
        ),
  )
}

function endAfter({ saga, path }: SagaScope, node: SagaNode): Fix {
  const end = saga.nodes.find((other) => other.type === 'end')
  const endId =
    end?.id ??
    (saga.nodes.some((other) => other.id === 'end')
      ? freshId(
          'end',
          saga.nodes.map((other) => other.id),
        )
      : 'end')
  const edge = {
    id: freshId(
      'edge',
      saga.edges.map((other) => other.id),
    ),
    from: node.id,
    to: endId,
  }
  return {
    title: end ? 'Connect it to the end' : 'Add an end',
    patch: [
      ...(end
        ? []
        : [
            {
              op: 'add' as const,
              path: [...path, 'nodes', saga.nodes.length],
              value: { id: endId, type: 'end' },
            },
          ]),
      { op: 'add', path: [...path, 'edges', saga.edges.length], value: edge },
    ],
  }
}
