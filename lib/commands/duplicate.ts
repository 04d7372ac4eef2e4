import { type Command, currentSaga, hasNodes } from './command'
import { copyNodes } from './edits/clip'
import { putIn } from './paste'

export const duplicate: Command = {
  id: 'duplicate',
  title: 'Duplicate',
  group: 'Edit',
  shortcuts: ['Ctrl+D'],
  scope: 'canvas',
  when: hasNodes,
  run: (context) => {
    const saga = currentSaga(context)
    const clip = saga && copyNodes(saga, context.ui.positions(), context.design().selection.nodeIds)
    if (clip) putIn(context, 'Duplicate', clip)
  },
}
