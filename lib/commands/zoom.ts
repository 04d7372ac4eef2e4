import type { Command } from './command'

const view = { group: 'View', scope: 'canvas' } as const

export const zooms: readonly Command[] = [
  {
    ...view,
    id: 'zoom-in',
    title: 'Zoom in',
    shortcuts: ['Plus', '='],
    run: ({ ui }) => ui.canvas()?.zoomIn(),
  },
  { ...view, id: 'zoom-out', title: 'Zoom out', shortcuts: ['-'], run: ({ ui }) => ui.canvas()?.zoomOut() },
  {
    ...view,
    id: 'zoom-reset',
    title: 'Zoom to 100 %',
    shortcuts: ['0'],
    run: ({ ui }) => ui.canvas()?.zoomTo(1),
  },
  { ...view, id: 'zoom-fit', title: 'Fit everything', shortcuts: ['1'], run: ({ ui }) => ui.canvas()?.fit() },
]
