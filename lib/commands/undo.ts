import type { Command } from './command'

export const undo: Command = {
  id: 'undo',
  title: 'Undo',
  group: 'Edit',
  shortcuts: ['Ctrl+Z'],
  scope: 'page',
  when: ({ design }) => design().canUndo,
  run: ({ design }) => design().undo(),
}
