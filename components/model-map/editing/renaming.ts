import { placeOfTarget } from '@/components/model-editor/recipes/places'
import { nameRefusal, renameTarget, targetName } from '@/components/model-editor/recipes/rename-target'
import type { Design } from '@/core/design/document'
import type { MapNode } from '@/core/model-map'
import { targetOf } from '../node-target'
import { type EditPlan, refused } from './edit-plan'

/** The text that F2 changes: the name a person reads on the card. */
export function renamable(design: Design, node: MapNode): string | null {
  if (node.from !== 'design') return null
  return displayName(design, node) ?? node.name
}

/**
 * What giving a thing another name does. A name that is only read changes there; the one that code calls it by goes
 * through everything that speaks of it.
 */
export function renaming(design: Design, node: MapNode, text: string): EditPlan | null {
  const to = text.trim()
  if (to === '' || to === renamable(design, node)) return null
  if (node.kind === 'saga' || displayName(design, node) !== undefined) {
    if (to.length > 120) return refused('A name has at most 120 characters.')
    return {
      type: 'edit',
      label: 'Rename',
      recipe: (draft) => {
        const named = namedLists(draft, node).find(({ id }) => id === node.name)
        if (named) named.name = to
      },
      shows: node.id,
    }
  }
  const target = targetOf(node)
  if (target === null) return refused('It is not defined: there is nothing to rename.')
  const why = nameRefusal(design, target, to)
  if (why !== undefined) return refused(why)
  const renamed = 'name' in target ? { ...target, name: to } : { ...target, id: to }
  return {
    type: 'edit',
    label: `Rename ${targetName(target)}`,
    recipe: (draft) => void renameTarget(draft, target, to),
    shows: placeOfTarget(renamed) ?? node.id,
  }
}

interface Named {
  readonly id: string
  name?: string | undefined
}

function namedLists(design: Design, { kind }: MapNode): readonly Named[] {
  if (kind === 'saga') return design.sagas
  if (kind === 'aggregate') return design.aggregates
  if (kind === 'projection') return design.projections
  return kind === 'policy' ? design.policies : []
}

const displayName = (design: Design, node: MapNode): string | undefined =>
  namedLists(design, node).find(({ id }) => id === node.name)?.name
