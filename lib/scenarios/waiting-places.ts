import type { Design } from '@/core/design/document'
import { DESIGN_LIMITS } from '@/core/design/limits'
import type { JsonObject } from '@/core/json'

/** Where a saga waits for word: an approval, or a signal with what comes with it. */
export type WaitingPlace =
  | { readonly type: 'approval'; readonly path: string }
  | { readonly type: 'signal'; readonly path: string; readonly signal: string; readonly schema: JsonObject }

/** Every place where a saga, or one it runs, waits for word. Those in rounds of a map or loop are meant in the first. */
export function waitingPlaces(
  design: Design,
  sagaId: string,
  prefix = '',
  depth = 0,
): readonly WaitingPlace[] {
  const saga = design.sagas.find(({ id }) => id === sagaId)
  if (!saga || depth > DESIGN_LIMITS.sagaDepth) return []
  return saga.nodes.flatMap((node): readonly WaitingPlace[] => {
    const path = `${prefix}${node.id}`
    if (node.type === 'approval') return [{ type: 'approval', path }]
    if (node.type === 'signal') return [{ type: 'signal', path, signal: node.signal, schema: node.schema }]
    if (node.type === 'saga') return waitingPlaces(design, node.saga, `${path}/`, depth + 1)
    if ((node.type === 'map' || node.type === 'loop') && node.body.type === 'saga')
      return waitingPlaces(design, node.body.saga, `${path}/0/`, depth + 1)
    return []
  })
}
