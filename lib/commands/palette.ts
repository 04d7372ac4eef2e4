import type { Command } from './command'

export const palette: Command = {
  id: 'palette',
  title: 'All commands',
  group: 'Help',
  shortcuts: ['Ctrl+K'],
  scope: 'page',
  keysOnly: true,
  run: ({ ui }) => ui.open('palette'),
}
