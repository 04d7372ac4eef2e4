import fc from 'fast-check'
import { expect, it } from 'vitest'
import { arbitraryDesign, arbitrarySaga } from './arbitrary'
import { coLive } from './co-live'
import { edgesOut } from './graph'
import { canLive, isChoosing, type SagaScope, sagaScope } from './lint-scope'

/** Every set of nodes that some run reaches: one for each way of deciding the choices. */
function runs(scope: SagaScope): readonly ReadonlySet<string>[] {
  const choices = scope.saga.nodes.filter((node) => isChoosing(node))
  const options = choices.map((node) => [
    ...new Set(edgesOut(scope.graph, node.id).map((edge) => edge.branch)),
  ])
  const combinations = options.reduce<readonly (readonly (string | undefined)[])[]>(
    (all, some) => all.flatMap((one) => some.map((next) => [...one, next])),
    [[]],
  )
  return combinations.map((taken) => {
    const live = new Set(['start'])
    for (const id of live) {
      const at = choices.findIndex((node) => node.id === id)
      for (const edge of edgesOut(scope.graph, id))
        if (canLive(scope, edge) && (at < 0 || edge.branch === taken[at])) live.add(edge.to)
    }
    return live
  })
}

it('agrees with trying every decision of every choice', () => {
  fc.assert(
    fc.property(
      arbitraryDesign({ acyclic: true }),
      arbitrarySaga({ acyclic: true, maxNodes: 10 }),
      (design, saga) => {
        const scope = sagaScope(design, 0, saga)
        const together = coLive(scope)
        const all = runs(scope)
        const pairs = saga.nodes.flatMap((a) => saga.nodes.map((b) => [a.id, b.id] as const))
        const wrong = pairs.filter(
          ([a, b]) => together(a, b) !== all.some((live) => live.has(a) && live.has(b)),
        )
        expect(wrong).toEqual([])
      },
    ),
    { numRuns: 300 },
  )
})
