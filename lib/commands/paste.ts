import { type Command, type CommandContext, currentSaga } from './command'
import { type Clip, pasteClip } from './edits/clip'

/** Puts nodes into the saga on the canvas and selects them. */
export function putIn(context: CommandContext, label: string, clip: Clip): void {
  const { design } = context
  const sagaId = design().selection.sagaId
  if (sagaId === null) return
  let added: readonly string[] = []
  const done = design().edit(label, (draft) => {
    added = pasteClip(draft, sagaId, clip)
  })
  if (!done.ok) context.ui.refuse('That does not fit into this design', done.error[0]?.message)
  else design().select(added)
}

export const paste: Command = {
  id: 'paste',
  title: 'Paste',
  group: 'Edit',
  shortcuts: ['Ctrl+V'],
  scope: 'canvas',
  when: (context) => currentSaga(context) !== null && context.ui.clip() !== null,
  run: (context) => {
    const clip = context.ui.clip()
    if (clip) putIn(context, 'Paste', clip)
  },
}
