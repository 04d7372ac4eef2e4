import type { Point } from '@/core/design/document'
import type { Saga } from '@/core/design/saga'
import { quickLayout } from './quick-layout'

/**
 * Where a saga's nodes stand: as the document says, and where it is silent as `quickLayout` would have them.
 * @returns the document's own object when it has them all, so that nothing renders for it
 */
export function sagaPositions(
  saga: Saga,
  placed: Readonly<Record<string, Point>> | undefined,
): Readonly<Record<string, Point>> {
  if (placed && saga.nodes.every(({ id }) => placed[id] !== undefined)) return placed
  return { ...quickLayout(saga), ...placed }
}
