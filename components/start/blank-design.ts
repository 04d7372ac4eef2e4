import { type DesignInput, FORMAT_VERSION } from '@/core/design/document'

/** An empty canvas: one saga with its start, where the editor shows how to go on. */
export function blankDesign(): DesignInput {
  return {
    formatVersion: FORMAT_VERSION,
    name: 'Untitled design',
    sagas: [{ id: 'main', name: 'Main', nodes: [{ id: 'start', type: 'start', name: 'Start' }], edges: [] }],
    layout: { sagas: { main: { start: { x: 0, y: 0 } } } },
  }
}
