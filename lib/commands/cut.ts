import { type Command, hasNodes } from './command'
import { keepSelection } from './copy'
import { removeSelection } from './remove'

export const cut: Command = {
  id: 'cut',
  title: 'Cut',
  group: 'Edit',
  shortcuts: ['Ctrl+X'],
  scope: 'canvas',
  when: hasNodes,
  run: (context) => {
    if (keepSelection(context)) removeSelection(context, 'Cut')
  },
}
