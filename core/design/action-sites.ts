import type { Design } from './document'
import type { Action, RetryRule, Saga, SagaNode } from './saga'

/** One place that does something: a step's action, its compensation's, the body of a map or loop. */
export interface ActionSite {
  readonly saga: string
  readonly node: SagaNode
  readonly action: Action
  readonly retry: RetryRule[] | undefined
  /** It is done only when the saga turns back. */
  readonly undoes: boolean
}

/** Every action of every saga. Of a draft, the actions are the draft's own and may be changed in place. */
export function actionSites(design: Pick<Design, 'sagas'>): readonly ActionSite[] {
  return design.sagas.flatMap((saga) =>
    saga.nodes.flatMap((node): readonly ActionSite[] => {
      const owner = node.type === 'map' || node.type === 'loop' ? node.body : node
      if (owner.type !== 'step') return []
      const own = { saga: saga.id, node, action: owner.action, retry: owner.retry, undoes: false }
      const undo = owner.compensation
      return undo === undefined
        ? [own]
        : [own, { saga: saga.id, node, action: undo.action, retry: undo.retry, undoes: true }]
    }),
  )
}

/** The saga a node runs, itself or in each of its rounds; null when it runs none. */
export function sagaRunBy(node: SagaNode): string | null {
  if (node.type === 'saga') return node.saga
  return (node.type === 'map' || node.type === 'loop') && node.body.type === 'saga' ? node.body.saga : null
}

/** A saga and all that it runs, each once. */
export function sagasWithin(saga: Saga, others: readonly Saga[]): ReadonlySet<Saga> {
  const found = new Set([saga])
  // Grows while it is gone through.
  for (const { nodes } of found) {
    for (const node of nodes) {
      const run = sagaRunBy(node)
      const inner = run === null ? undefined : others.find(({ id }) => id === run)
      if (inner) found.add(inner)
    }
  }
  return found
}
