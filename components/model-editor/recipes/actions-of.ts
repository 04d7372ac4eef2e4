import type { Design } from '@/core/design/document'
import type { Action, RetryRule, SagaNode } from '@/core/design/saga'

/** One place that does something: a step's action, its compensation's, the body of a map or loop. */
export interface ActionSite {
  readonly saga: string
  readonly node: SagaNode
  readonly action: Action
  readonly retry: RetryRule[] | undefined
}

/** Every action of every saga. Of a draft, the actions are the draft's own and may be changed in place. */
export function actionSites(design: Design): readonly ActionSite[] {
  return design.sagas.flatMap((saga) =>
    saga.nodes.flatMap((node): readonly ActionSite[] => {
      const owner = node.type === 'map' || node.type === 'loop' ? node.body : node
      if (owner.type !== 'step') return []
      const own = { saga: saga.id, node, action: owner.action, retry: owner.retry }
      const undo = owner.compensation
      return undo === undefined
        ? [own]
        : [own, { saga: saga.id, node, action: undo.action, retry: undo.retry }]
    }),
  )
}
