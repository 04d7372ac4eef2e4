import { newAggregate, newCommand, newEvent } from '@/components/model-editor/recipes/skeletons'
import type { Design } from '@/core/design/document'
import type { MapNode } from '@/core/model-map'
import { emptySaga } from '@/lib/commands/edits/starters'
import { type EditPlan, refused } from './edit-plan'

/** Puts in place what something names and the design does not have, under that very name. */
export function definition({ id, kind, owner, name }: MapNode): EditPlan {
  const edit = (recipe: (draft: Design) => void): EditPlan => ({
    type: 'edit',
    label: `Define ${name}`,
    recipe,
    shows: id,
  })
  if (kind === 'saga') return edit((draft) => void draft.sagas.push({ ...emptySaga(draft), id: name, name }))
  if ((kind !== 'event' && kind !== 'command') || owner === null)
    return refused(
      `No aggregate is said to emit “${name}”: add the event to the aggregate that does, under that name.`,
    )
  return edit((draft) => {
    const found = draft.aggregates.find((aggregate) => aggregate.id === owner)
    const aggregate = found ?? { ...newAggregate(owner), commands: [], events: [] }
    if (!found) draft.aggregates.push(aggregate)
    // of a draft only what is in it may be changed
    const own = draft.aggregates.find((one) => one.id === owner)
    if (kind === 'event') own?.events.push(newEvent(name))
    else {
      const event = own?.events[0]?.name ?? `${owner}Noted`
      if (own && own.events.length === 0) own.events.push(newEvent(event))
      own?.commands.push(newCommand(name, event))
    }
  })
}
