import type { Design } from './document'
import { sagasOf } from './lint-references'
import { type Problem, problem } from './problem'
import type { DesignPath } from './program'

interface Run {
  readonly from: string
  readonly to: string
  readonly path: DesignPath
}

/** SAGA_RECURSION: sagas that run each other in a circle. Told once for each node that closes one. */
export function lintRecursion(design: Design): readonly Problem[] {
  const runs = design.sagas.flatMap((saga, at) =>
    saga.nodes.flatMap((node, index) =>
      sagasOf(node, ['sagas', at, 'nodes', index]).map(
        (child): Run => ({ from: saga.id, to: child.saga, path: child.path }),
      ),
    ),
  )
  const children = new Map(design.sagas.map(({ id }) => [id, new Set<string>()]))
  for (const { from, to } of runs) children.get(from)?.add(to)
  // A saga may run another from hundreds of nodes: the way back is looked for once.
  const ways = new Map(runs.map(({ from, to }) => [`${from} ${to}`, { from, to }]))
  const back = new Map([...ways].map(([key, { from, to }]) => [key, wayBack(children, to, from)]))
  return runs.flatMap((run) => {
    const way = back.get(`${run.from} ${run.to}`)
    return way
      ? problem('SAGA_RECURSION', 'error', run.path, `this never ends: ${[run.from, ...way].join(' → ')}`)
      : []
  })
}

/** The sagas from one to another, both included; null when it never gets there. */
function wayBack(
  children: ReadonlyMap<string, ReadonlySet<string>>,
  from: string,
  to: string,
): readonly string[] | null {
  const ways = new Map<string, readonly string[]>([[from, [from]]])
  for (const [id, way] of ways) {
    if (id === to) return way
    for (const child of children.get(id) ?? []) if (!ways.has(child)) ways.set(child, [...way, child])
  }
  return null
}
