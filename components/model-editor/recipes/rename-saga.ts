import type { Design } from '@/core/design/document'
import { placeKey } from '@/core/model-map'
import { movePlace } from './places'

/** Renames a saga and whatever runs or starts it. Runs already recorded keep the old id. */
export function renameSaga(draft: Design, from: string, to: string): void {
  const saga = draft.sagas.find(({ id }) => id === from)
  if (saga === undefined) return
  saga.id = to
  for (const { nodes } of draft.sagas) {
    for (const node of nodes) {
      const runs = node.type === 'map' || node.type === 'loop' ? node.body : node
      if (runs.type === 'saga' && runs.saga === from) runs.saga = to
    }
  }
  for (const { reaction } of draft.policies) {
    if (reaction.type === 'start-saga' && reaction.saga === from) reaction.saga = to
  }
  for (const scenario of draft.scenarios) {
    if (scenario.type === 'saga' && scenario.saga === from) scenario.saga = to
  }
  const places = draft.layout.sagas[from]
  if (places !== undefined) {
    delete draft.layout.sagas[from]
    draft.layout.sagas[to] = places
  }
  movePlace(draft, placeKey.saga(from), placeKey.saga(to))
}
