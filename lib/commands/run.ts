import { type Command, type CommandContext, currentSaga } from './command'

/** Saves, then goes to where the saga on the canvas is started. */
export async function saveAndRun({ design, ui }: CommandContext): Promise<void> {
  const { designId, selection, saveNow } = design()
  try {
    await saveNow()
  } catch (error) {
    ui.refuse('Not run: the design is not saved', error instanceof Error ? error.message : undefined)
    return
  }
  const start = selection.sagaId === null ? '' : `?start=${encodeURIComponent(selection.sagaId)}`
  ui.goTo(`/w/${encodeURIComponent(designId)}/runs${start}`)
}

export const run: Command = {
  id: 'run',
  title: 'Run this saga',
  group: 'Run',
  shortcuts: ['F5'],
  scope: 'canvas',
  when: (context) => currentSaga(context) !== null,
  run: (context) => void saveAndRun(context),
}
