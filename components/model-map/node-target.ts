import type { ModelTarget } from '@/components/model-editor/recipes/target'
import type { MapNode } from '@/core/model-map'
import { assertNever } from '@/core/result'

/** The definition behind a thing on the map; null for a saga, which is drawn elsewhere, and for what is not defined. */
export function targetOf({ kind, owner, name, from }: MapNode): ModelTarget | null {
  if (from !== 'design') return null
  switch (kind) {
    case 'command':
    case 'event':
      return owner === null ? null : { kind, aggregate: owner, name }
    case 'aggregate':
    case 'projection':
    case 'policy':
      return { kind, id: name }
    case 'saga':
      return null
    default:
      return assertNever(kind)
  }
}
