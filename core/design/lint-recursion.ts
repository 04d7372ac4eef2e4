import type { Design } from './document'
import { DESIGN_LIMITS } from './limits'
import { sagasOf } from './lint-references'
import { type Problem, problem } from './problem'
import type { DesignPath } from './program'

interface Run {
  readonly from: string
  readonly to: string
  readonly path: DesignPath
}

/**
 * SAGA_RECURSION: sagas that run each other in a circle, told once for each node that closes one. SAGA_TOO_DEEP: more
 * sagas within sagas than a run may unfold, told at the outermost.
 */
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
  const depths = depthsOf(children)
  const deep = design.sagas.flatMap(({ id }, at) =>
    (depths.get(id) ?? 0) > DESIGN_LIMITS.sagaDepth
      ? problem(
          'SAGA_TOO_DEEP',
          'error',
          ['sagas', at],
          `"${id}" runs sagas within sagas ${depths.get(id)} deep: at most ${DESIGN_LIMITS.sagaDepth}`,
        )
      : [],
  )
  const back = new Map([...ways].map(([key, { from, to }]) => [key, wayBack(children, to, from)]))
  const circles = runs.flatMap((run) => {
    const way = back.get(`${run.from} ${run.to}`)
    return way
      ? problem('SAGA_RECURSION', 'error', run.path, `this never ends: ${[run.from, ...way].join(' → ')}`)
      : []
  })
  return circles.length > 0 ? circles : deep
}

/** How many sagas deep each unfolds, itself counted. On a circle the count stops: that is another problem. */
function depthsOf(children: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, number> {
  const depths = new Map<string, number>()
  const depthOf = (id: string): number => {
    const known = depths.get(id)
    if (known !== undefined) return known
    depths.set(id, 1)
    const inner = Math.max(0, ...[...(children.get(id) ?? [])].map(depthOf))
    depths.set(id, inner + 1)
    return inner + 1
  }
  for (const id of children.keys()) depthOf(id)
  return depths
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
