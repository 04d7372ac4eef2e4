import type { Design } from '@/core/design/document'
import { placeKey } from '@/core/model-map'
import { assertNever } from '@/core/result'
import type { ModelTarget } from './target'

/** Where a definition stands on the model map; null for what is not drawn there. */
export function placeOfTarget(target: ModelTarget): string | null {
  switch (target.kind) {
    case 'aggregate':
      return placeKey.aggregate(target.id)
    case 'command':
      return placeKey.command(target.aggregate, target.name)
    case 'event':
      return placeKey.event(target.aggregate, target.name)
    case 'projection':
      return placeKey.projection(target.id)
    case 'policy':
      return placeKey.policy(target.id)
    case 'rule':
    case 'service':
    case 'operation':
    case 'scenario':
      return null
    default:
      return assertNever(target)
  }
}

/** A thing that is renamed stays where it stands. */
export function movePlace(draft: Design, from: string, to: string): void {
  const places = draft.layout.model
  const place = places[from]
  if (place === undefined) return
  delete places[from]
  places[to] = place
}

/** The same for an aggregate with all its commands and events. */
export function moveAggregatePlaces(draft: Design, from: string, to: string): void {
  movePlace(draft, placeKey.aggregate(from), placeKey.aggregate(to))
  for (const prefix of [placeKey.command, placeKey.event])
    for (const key of Object.keys(draft.layout.model))
      if (key.startsWith(prefix(from, '')))
        movePlace(draft, key, prefix(to, key.slice(prefix(from, '').length)))
}

/** What is deleted leaves no place behind; an aggregate none of its commands and events. */
export function forgetPlaces(draft: Design, target: ModelTarget): void {
  const own = placeOfTarget(target)
  for (const key of Object.keys(draft.layout.model)) {
    const isPart =
      target.kind === 'aggregate' &&
      [placeKey.command, placeKey.event].some((prefix) => key.startsWith(prefix(target.id, '')))
    if (key === own || isPart) delete draft.layout.model[key]
  }
}
