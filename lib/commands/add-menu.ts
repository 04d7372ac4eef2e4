import { type Command, currentSaga } from './command'

export const addMenu: Command = {
  id: 'add-menu',
  title: 'Add…',
  group: 'Add',
  shortcuts: ['Tab'],
  scope: 'canvas',
  when: (context) => currentSaga(context) !== null,
  run: ({ ui }) => ui.open('add'),
}
