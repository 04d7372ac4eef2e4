import { sagaRunBy } from '@/core/design/action-sites'
import { type Command, type CommandContext, currentSaga, onlyNode } from './command'

/** Puts the saga that a node runs on the canvas, or says why it cannot. */
export function openSagaOf(context: CommandContext, nodeId: string): void {
  const node = currentSaga(context)?.nodes.find(({ id }) => id === nodeId)
  const inner = node ? sagaRunBy(node) : null
  const { document, openSaga } = context.design()
  if (inner === null) return
  if (document.sagas.some(({ id }) => id === inner)) openSaga(inner, nodeId)
  else
    context.ui.refuse(
      'There is no such saga',
      `"${inner}" is not in this design: choose another, or make it.`,
    )
  // the node that had the keyboard is no longer there
  requestAnimationFrame(() => requestAnimationFrame(() => focusStart(context)))
}

/** Back to the node that the saga was opened from. */
export function goBack(context: CommandContext, at?: number): void {
  context.design().goBack(at)
  const [nodeId] = context.design().selection.nodeIds
  if (nodeId === undefined) return
  requestAnimationFrame(() => requestAnimationFrame(() => context.ui.canvas()?.focus(nodeId)))
}

function focusStart(context: CommandContext): void {
  const start = currentSaga(context)?.nodes.find(({ type }) => type === 'start')
  if (start) context.ui.canvas()?.focus(start.id)
}

export const openSaga: Command = {
  id: 'open-saga',
  title: 'Open the saga it runs',
  group: 'View',
  shortcuts: ['O'],
  scope: 'canvas',
  when: (context) => {
    const node = onlyNode(context)
    return node !== null && sagaRunBy(node) !== null
  },
  run: (context) => {
    const node = onlyNode(context)
    if (node) openSagaOf(context, node.id)
  },
}

export const backToSaga: Command = {
  id: 'back-to-saga',
  title: 'Back to the saga it was opened from',
  group: 'View',
  shortcuts: ['Shift+O'],
  scope: 'canvas',
  when: ({ design }) => design().trail.length > 0,
  run: (context) => goBack(context),
}
