import { type Command, hasNodes } from './command'
import { placesOf } from './edits/saga-draft'

const STEP_PX = 4
const WAYS = { Left: [-1, 0], Right: [1, 0], Up: [0, -1], Down: [0, 1] } as const
type Way = keyof typeof WAYS

const nudge = (way: Way, times: 1 | 10): Command => ({
  id: `nudge-${way.toLowerCase()}-${times}`,
  title: `Nudge ${way.toLowerCase()}${times === 10 ? ', ten times as far' : ''}`,
  group: 'Arrange',
  shortcuts: [`Alt+${times === 10 ? 'Shift+' : ''}Arrow${way}`],
  scope: 'canvas',
  keysOnly: true,
  when: hasNodes,
  run: ({ design, ui }) => {
    const { sagaId, nodeIds } = design().selection
    if (sagaId === null) return
    const now = ui.positions()
    const [dx, dy] = WAYS[way]
    const by = STEP_PX * times
    design().edit(
      'Move',
      (draft) => {
        const places = placesOf(draft, sagaId)
        for (const id of nodeIds) {
          const place = now[id]
          if (place) places[id] = { x: place.x + dx * by, y: place.y + dy * by }
        }
      },
      { mergeKey: `nudge:${nodeIds.join()}` },
    )
  },
})

export const nudges: readonly Command[] = (['Left', 'Right', 'Up', 'Down'] as const).flatMap((way) => [
  nudge(way, 1),
  nudge(way, 10),
])
