import type { CanvasView, Command, CommandContext } from './command'

/** The model map as commands see it. What they do is done to the thing that is chosen on it. */
export interface MapView extends Pick<CanvasView, 'fit' | 'zoomIn' | 'zoomOut' | 'zoomTo'> {
  /** Its place key; null when nothing is chosen. */
  readonly chosen: () => string | null
  readonly add: () => void
  readonly connect: () => void
  readonly rename: () => void
  readonly remove: () => void
  /** Keeps only what leads to it and follows from it, or shows everything again. */
  readonly focusOn: () => void
  readonly find: () => void
  readonly tidy: () => void
  readonly nudge: (dx: number, dy: number) => void
  /** Opens its definition on the page of its own. */
  readonly define: () => void
  readonly release: () => void
}

const onMap = { group: 'Map', scope: 'map' } as const
const isOpen = ({ ui }: CommandContext): boolean => ui.map() !== null
const isChosen = ({ ui }: CommandContext): boolean => typeof ui.map()?.chosen() === 'string'

const STEP_PX = 4
const WAYS = { Left: [-1, 0], Right: [1, 0], Up: [0, -1], Down: [0, 1] } as const

const nudge = (way: keyof typeof WAYS, times: 1 | 10): Command => {
  const [dx, dy] = WAYS[way]
  return {
    ...onMap,
    id: `map-nudge-${way.toLowerCase()}-${times}`,
    title: `Nudge ${way.toLowerCase()}${times === 10 ? ', ten times as far' : ''}`,
    shortcuts: [`Alt+${times === 10 ? 'Shift+' : ''}Arrow${way}`],
    keysOnly: true,
    when: isChosen,
    run: ({ ui }) => ui.map()?.nudge(dx * STEP_PX * times, dy * STEP_PX * times),
  }
}

/** What can be done on the model map. */
export const mapCommands: readonly Command[] = [
  {
    ...onMap,
    id: 'map-add',
    title: 'Add to the map…',
    shortcuts: ['Tab'],
    when: isOpen,
    run: ({ ui }) => ui.map()?.add(),
  },
  {
    ...onMap,
    id: 'map-connect',
    title: 'Wire it to…',
    shortcuts: ['C'],
    when: isChosen,
    run: ({ ui }) => ui.map()?.connect(),
  },
  {
    ...onMap,
    id: 'map-rename',
    title: 'Rename it everywhere',
    shortcuts: ['F2'],
    when: isChosen,
    run: ({ ui }) => ui.map()?.rename(),
  },
  {
    ...onMap,
    id: 'map-remove',
    title: 'Delete the definition',
    shortcuts: ['Delete', 'Backspace'],
    when: isChosen,
    run: ({ ui }) => ui.map()?.remove(),
  },
  {
    ...onMap,
    id: 'map-focus',
    title: 'Only what leads to it and follows from it',
    shortcuts: ['F'],
    when: isOpen,
    run: ({ ui }) => ui.map()?.focusOn(),
  },
  {
    ...onMap,
    id: 'map-find',
    title: 'Find on the map',
    shortcuts: ['/'],
    when: isOpen,
    run: ({ ui }) => ui.map()?.find(),
  },
  {
    ...onMap,
    id: 'map-define',
    title: 'Open its definition',
    shortcuts: ['O'],
    when: isChosen,
    run: ({ ui }) => ui.map()?.define(),
  },
  {
    ...onMap,
    id: 'map-tidy',
    title: 'Tidy up the map',
    shortcuts: ['Shift+A'],
    when: isOpen,
    run: ({ ui }) => ui.map()?.tidy(),
  },
  ...(['Left', 'Right', 'Up', 'Down'] as const).flatMap((way) => [nudge(way, 1), nudge(way, 10)]),
  {
    ...onMap,
    id: 'map-zoom-in',
    title: 'Zoom in',
    shortcuts: ['Plus', '='],
    when: isOpen,
    run: ({ ui }) => ui.map()?.zoomIn(),
  },
  {
    ...onMap,
    id: 'map-zoom-out',
    title: 'Zoom out',
    shortcuts: ['-'],
    when: isOpen,
    run: ({ ui }) => ui.map()?.zoomOut(),
  },
  {
    ...onMap,
    id: 'map-zoom-reset',
    title: 'Zoom to 100 %',
    shortcuts: ['0'],
    when: isOpen,
    run: ({ ui }) => ui.map()?.zoomTo(1),
  },
  {
    ...onMap,
    id: 'map-fit',
    title: 'Fit the whole map',
    shortcuts: ['1'],
    when: isOpen,
    run: ({ ui }) => ui.map()?.fit(),
  },
  {
    ...onMap,
    id: 'map-release',
    title: 'Leave the map',
    shortcuts: ['Escape'],
    keysOnly: true,
    when: isOpen,
    run: ({ ui }) => ui.map()?.release(),
  },
]
