import { type Command, onlyNode } from './command'

export const rename: Command = {
  id: 'rename',
  title: 'Rename',
  group: 'Edit',
  shortcuts: ['F2'],
  scope: 'canvas',
  when: (context) => onlyNode(context) !== null,
  run: (context) => {
    const node = onlyNode(context)
    if (node) context.ui.rename(node.id)
  },
}
