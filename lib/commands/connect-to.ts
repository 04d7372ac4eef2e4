import { type Command, type CommandContext, currentSaga, onlyNode } from './command'
import { canConnect, connect, connectTargets } from './edits/connect'
import { sagaOf } from './edits/saga-draft'

/** Draws an edge, or says why not. */
export function connectNodes(context: CommandContext, from: string, to: string): void {
  const saga = currentSaga(context)
  if (!saga) return
  const verdict = canConnect(saga, from, to)
  if (!verdict.ok) {
    context.ui.refuse('That link is not possible', verdict.error.message)
    return
  }
  context.design().edit('Connect', (draft) => {
    const drawn = sagaOf(draft, saga.id)
    if (drawn) connect(drawn, from, to)
  })
}

export const connectTo: Command = {
  id: 'connect-to',
  title: 'Connect to…',
  group: 'Edit',
  shortcuts: ['C'],
  scope: 'canvas',
  when: (context) => onlyNode(context) !== null,
  run: (context) => {
    const node = onlyNode(context)
    const saga = currentSaga(context)
    if (!node || !saga) return
    if (connectTargets(saga, node.id).length > 0) context.ui.open('connect')
    else
      context.ui.refuse(
        'Nothing to connect to',
        `No node may come after "${node.name ?? node.id}" that does not already.`,
      )
  },
}
