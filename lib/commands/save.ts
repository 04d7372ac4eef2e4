import type { Command } from './command'

export const save: Command = {
  id: 'save',
  title: 'Save now',
  group: 'Edit',
  shortcuts: ['Ctrl+S'],
  scope: 'page',
  run: ({ design, ui }) => {
    design()
      .saveNow()
      .then(() => ui.tell('Saved'))
      .catch((error: Error) => ui.refuse('Not saved', error.message))
  },
}
