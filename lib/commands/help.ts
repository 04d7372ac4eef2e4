import type { Command } from './command'

export const help: Command = {
  id: 'help',
  title: 'Keyboard shortcuts',
  group: 'Help',
  shortcuts: ['?'],
  scope: 'page',
  run: ({ ui }) => ui.open('help'),
}
