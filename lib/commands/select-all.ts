import { type Command, currentSaga } from './command'

export const selectAll: Command = {
  id: 'select-all',
  title: 'Select everything',
  group: 'Edit',
  shortcuts: ['Ctrl+A'],
  scope: 'canvas',
  when: (context) => currentSaga(context) !== null,
  run: (context) => context.design().select(currentSaga(context)?.nodes.map(({ id }) => id) ?? []),
}
