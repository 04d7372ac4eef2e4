import { removeTarget } from '@/components/model-editor/recipes/remove-target'
import { usagesOf } from '@/components/model-editor/recipes/usages'
import type { Design } from '@/core/design/document'
import { type MapNode, placeKey } from '@/core/model-map'
import { usersOf } from '@/lib/commands/edits/saga-users'
import type { Recipe } from '@/lib/design-store'
import { targetOf } from '../node-target'

export interface Removal {
  readonly label: string
  readonly recipe: Recipe
  /** What would be left dangling; nothing asks for it when there is none. */
  readonly uses: readonly string[]
  /** What is looked at afterwards. */
  readonly shows: string | null
}

/** What deleting a thing does; null for what is not defined. */
export function removal(design: Design, node: MapNode): Removal | null {
  const label = `Delete ${node.title}`
  const shows = node.owner === null ? null : placeKey.aggregate(node.owner)
  if (node.kind === 'saga' && node.from === 'design')
    return {
      label,
      recipe: (draft) => {
        draft.sagas = draft.sagas.filter(({ id }) => id !== node.name)
        delete draft.layout.sagas[node.name]
        delete draft.layout.model[node.id]
      },
      uses: usersOf(design, node.name),
      shows,
    }
  const target = targetOf(node)
  if (target === null) return null
  return { label, recipe: (draft) => removeTarget(draft, target), uses: usagesOf(design, target), shows }
}
