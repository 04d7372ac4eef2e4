import type { Command } from './command'

/** Tab adds while the canvas has the keyboard: this is the way out of it. */
export const release: Command = {
  id: 'release',
  title: 'Clear the selection, then leave the canvas',
  group: 'View',
  shortcuts: ['Escape'],
  scope: 'canvas',
  keysOnly: true,
  run: ({ design, ui }) => {
    const { nodeIds, edgeIds } = design().selection
    if (nodeIds.length + edgeIds.length > 0) design().select([])
    else ui.release()
  },
}
