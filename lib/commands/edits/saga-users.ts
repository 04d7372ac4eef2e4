import { sagaRunBy } from '@/core/design/action-sites'
import type { Design } from '@/core/design/document'
import type { Saga } from '@/core/design/saga'
import type { NodePlace } from '@/lib/design-store/state'

/** Nodes that run this saga, in document order. */
export const nodesRunning = (design: Pick<Design, 'sagas'>, sagaId: string): readonly NodePlace[] =>
  design.sagas.flatMap((saga) =>
    saga.nodes.flatMap((node) => (sagaRunBy(node) === sagaId ? [{ sagaId: saga.id, nodeId: node.id }] : [])),
  )

/** Whatever names a saga and would name nothing without it, in a person's words: "Order › Ship". */
export function usersOf(design: Design, sagaId: string): readonly string[] {
  return [
    ...nodesRunning(design, sagaId).map((place) => placeWords(design, place)),
    ...design.policies.flatMap(({ id, reaction }) =>
      reaction.type === 'start-saga' && reaction.saga === sagaId ? [`policy ${id}`] : [],
    ),
  ]
}

export function placeWords(design: Pick<Design, 'sagas'>, { sagaId, nodeId }: NodePlace): string {
  const saga = design.sagas.find(({ id }) => id === sagaId)
  const node = saga?.nodes.find(({ id }) => id === nodeId)
  return `${saga?.name ?? sagaId} › ${node?.name ?? nodeId}`
}

/** The sagas that one may run: not itself, and none that leads back to it and would never end. */
export function runnableFrom(design: Pick<Design, 'sagas'>, within: Saga): readonly Saga[] {
  return design.sagas.filter(({ id }) => !reached(design, id).has(within.id))
}

/** A saga and all that it runs, however deep. */
function reached(design: Pick<Design, 'sagas'>, from: string): ReadonlySet<string> {
  const found = new Set([from])
  for (const id of found) {
    const saga = design.sagas.find((each) => each.id === id)
    for (const node of saga?.nodes ?? []) {
      const inner = sagaRunBy(node)
      if (inner !== null) found.add(inner)
    }
  }
  return found
}
