import { type Command, type CommandContext, currentSaga } from './command'
import { remove as removeFrom } from './edits/remove'

/** Removes what is selected; the chain around it heals. */
export function removeSelection(context: CommandContext, label = 'Delete'): void {
  const { design, ui } = context
  const { sagaId, nodeIds, edgeIds } = design().selection
  if (sagaId === null) return
  const start = currentSaga(context)?.nodes.find(({ type }) => type === 'start')
  if (nodeIds.length === 1 && start?.id === nodeIds[0]) {
    ui.refuse('The start stays', 'A saga begins somewhere: delete the saga itself in the saga menu.')
    return
  }
  design().edit(label, (draft) => removeFrom(draft, sagaId, nodeIds, edgeIds))
  design().select([])
  ui.canvas()?.focus(start?.id ?? '')
}

export const remove: Command = {
  id: 'delete',
  title: 'Delete',
  group: 'Edit',
  shortcuts: ['Delete', 'Backspace'],
  scope: 'canvas',
  when: ({ design }) => design().selection.nodeIds.length + design().selection.edgeIds.length > 0,
  run: (context) => removeSelection(context),
}
