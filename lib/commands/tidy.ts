import { tidyLayout } from '@/lib/layout/tidy-layout'
import { type Command, currentSaga } from './command'

export const tidy: Command = {
  id: 'tidy',
  title: 'Tidy up',
  group: 'Arrange',
  shortcuts: ['Shift+A'],
  scope: 'canvas',
  when: (context) => currentSaga(context) !== null,
  run: (context) => {
    const saga = currentSaga(context)
    if (!saga) return
    void tidyLayout(saga).then((places) => {
      context.design().edit('Tidy up', (draft) => {
        // The saga may have changed while the worker was busy: only what is still there moves.
        const ids = draft.sagas.find(({ id }) => id === saga.id)?.nodes.map(({ id }) => id) ?? []
        const kept = Object.entries(places).filter(([id]) => ids.includes(id))
        draft.layout.sagas[saga.id] = { ...draft.layout.sagas[saga.id], ...Object.fromEntries(kept) }
      })
      requestAnimationFrame(() => requestAnimationFrame(() => context.ui.canvas()?.fit()))
    })
  },
}
