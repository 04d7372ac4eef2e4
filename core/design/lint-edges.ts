import { edgesOut } from './graph'
import { freshId, isChoosing, label, type SagaScope } from './lint-scope'
import { type Fix, type Problem, problem } from './problem'
import type { SagaEdge, SagaNode } from './saga'

/** Starts, and edges one by one: where they lead, and by which branch. */
export function lintEdges(scope: SagaScope): readonly Problem[] {
  return [...starts(scope), ...scope.saga.edges.flatMap((edge) => lintEdge(scope, edge)), ...choices(scope)]
}

const removeEdge = (scope: SagaScope, edge: SagaEdge): Fix => ({
  title: 'Delete the edge',
  patch: [{ op: 'remove', path: scope.edgePath(edge) }],
})

/** Removes a node with its edges, the last first: a removed edge moves only those behind it. */
export function removeNode(scope: SagaScope, at: number): Fix {
  const id = scope.saga.nodes[at]?.id
  // Of two nodes with one id the edges belong to the first.
  const owner = scope.saga.nodes.findIndex((node) => node.id === id) === at
  const edges = scope.saga.edges.flatMap((edge, index) =>
    owner && (edge.from === id || edge.to === id) ? index : [],
  )
  return {
    title: 'Delete the node',
    patch: [
      ...edges
        .toReversed()
        .map((index) => ({ op: 'remove' as const, path: [...scope.path, 'edges', index] })),
      { op: 'remove', path: [...scope.path, 'nodes', at] },
    ],
  }
}

function starts(scope: SagaScope): readonly Problem[] {
  const { saga, path } = scope
  const all = saga.nodes.flatMap((node, at) => (node.type === 'start' ? at : []))
  if (all.length === 0) {
    const id = saga.nodes.some((node) => node.id === 'start')
      ? freshId(
          'start',
          saga.nodes.map((node) => node.id),
        )
      : 'start'
    return [
      problem(
        'MISSING_START',
        'error',
        [...path, 'nodes'],
        'a saga needs a start, which says what its input is',
        {
          title: 'Add a start',
          patch: [
            {
              op: 'add',
              path: [...path, 'nodes', 0],
              value: { id, type: 'start', inputSchema: {}, inputExample: {} },
            },
          ],
        },
      ),
    ]
  }
  return all
    .slice(1)
    .map((at) =>
      problem(
        'SECOND_START',
        'error',
        [...path, 'nodes', at],
        'a saga has one start; this is another',
        removeNode(scope, at),
      ),
    )
}

function lintEdge(scope: SagaScope, edge: SagaEdge): readonly Problem[] {
  const { saga } = scope
  const path = scope.edgePath(edge)
  const from = scope.node(edge.from)
  const to = scope.node(edge.to)
  const remove = removeEdge(scope, edge)
  const found: Problem[] = []
  if (!from)
    found.push(problem('UNKNOWN_NODE', 'error', [...path, 'from'], `there is no node "${edge.from}"`, remove))
  if (!to)
    found.push(problem('UNKNOWN_NODE', 'error', [...path, 'to'], `there is no node "${edge.to}"`, remove))
  if (to?.type === 'start')
    found.push(problem('EDGE_INTO_START', 'error', path, 'nothing can lead into the start', remove))
  if (from?.type === 'end' || from?.type === 'fail') {
    found.push(
      problem(
        'EDGE_OUT_OF_END',
        'error',
        path,
        `nothing follows ${label(from)}: the saga is over there`,
        remove,
      ),
    )
  }
  const first = saga.edges.find(
    (other) => other.from === edge.from && other.to === edge.to && other.branch === edge.branch,
  )
  if (first !== edge)
    found.push(problem('DUPLICATE_EDGE', 'warning', path, 'there is another edge that says the same', remove))
  if (from) found.push(...branchOf(scope, edge, from))
  return found
}

function branchOf(scope: SagaScope, edge: SagaEdge, from: SagaNode): readonly Problem[] {
  const path = [...scope.edgePath(edge), 'branch']
  if (from.type !== 'choice') {
    if (edge.branch === undefined) return []
    const fix: Fix = { title: 'Remove the branch', patch: [{ op: 'remove', path }] }
    return [
      problem(
        'UNKNOWN_BRANCH',
        'warning',
        path,
        `${label(from)} is no choice and has no branch "${edge.branch}"`,
        fix,
      ),
    ]
  }
  if (edge.branch === 'default' || from.branches.some((branch) => branch.id === edge.branch)) return []
  const said =
    edge.branch === undefined
      ? 'names no branch'
      : `names the branch "${edge.branch}", which it does not have`
  return [
    problem('UNKNOWN_BRANCH', 'error', path, `an edge out of the choice ${label(from)} ${said}`, {
      title: 'Make it the default branch',
      patch: [{ op: edge.branch === undefined ? 'add' : 'replace', path, value: 'default' }],
    }),
  ]
}

function choices(scope: SagaScope): readonly Problem[] {
  return scope.saga.nodes.flatMap((node, at) => {
    if (node.type !== 'choice' || !isChoosing(node)) return []
    const path = [...scope.path, 'nodes', at]
    const taken = new Set(edgesOut(scope.graph, node.id).map((edge) => edge.branch))
    const idle = node.branches.flatMap((branch, index) =>
      taken.has(branch.id)
        ? []
        : problem(
            'BRANCH_WITHOUT_EDGE',
            'warning',
            [...path, 'branches', index],
            `the branch "${branch.name ?? branch.id}" of ${label(node)} leads nowhere`,
            {
              title: 'Delete the branch',
              patch: [{ op: 'remove', path: [...path, 'branches', index] }],
            },
          ),
    )
    if (taken.has('default')) return idle
    return [
      problem(
        'MISSING_DEFAULT_BRANCH',
        'error',
        path,
        `${label(node)} has no default: nothing would follow when no branch holds`,
      ),
      ...idle,
    ]
  })
}
