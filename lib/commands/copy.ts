import { type Command, type CommandContext, currentSaga, hasNodes } from './command'
import { copyNodes } from './edits/clip'

/** Keeps the selected nodes for pasting. @returns whether there was anything to keep */
export function keepSelection(context: CommandContext): boolean {
  const saga = currentSaga(context)
  if (!saga) return false
  const clip = copyNodes(saga, context.ui.positions(), context.design().selection.nodeIds)
  if (clip === null) {
    context.ui.refuse('The start is not copied', 'A saga has one start.')
    return false
  }
  context.ui.keepClip(clip)
  return true
}

export const copy: Command = {
  id: 'copy',
  title: 'Copy',
  group: 'Edit',
  shortcuts: ['Ctrl+C'],
  scope: 'canvas',
  when: hasNodes,
  run: (context) => void keepSelection(context),
}
