import type { Command } from './command'

export const redo: Command = {
  id: 'redo',
  title: 'Redo',
  group: 'Edit',
  shortcuts: ['Ctrl+Shift+Z', 'Ctrl+Y'],
  scope: 'page',
  when: ({ design }) => design().canRedo,
  run: ({ design }) => design().redo(),
}
