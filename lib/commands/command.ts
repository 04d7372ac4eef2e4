import type { Point } from '@/core/design/document'
import type { Saga } from '@/core/design/saga'
import type { DesignState } from '@/lib/design-store/state'
import type { Clip } from './edits/clip'
import type { MapView } from './map'

/** The canvas as commands see it. */
export interface CanvasView {
  fit(): void
  zoomIn(): void
  zoomOut(): void
  zoomTo(zoom: number): void
  /** Brings a node into view and gives it the keyboard. */
  focus(nodeId: string): void
  centre(): Point
}

/** What commands ask of the page. */
export interface CommandUi {
  readonly canvas: () => CanvasView | null
  /** The model map, while it is on the screen. */
  readonly map: () => MapView | null
  /** Where the saga's nodes stand, those without a place of their own included. */
  readonly positions: () => Readonly<Record<string, Point>>
  readonly open: (what: 'palette' | 'help' | 'add' | 'connect') => void
  readonly rename: (nodeId: string) => void
  /** Says why something was not done. */
  readonly refuse: (title: string, why?: string) => void
  readonly tell: (title: string) => void
  readonly goTo: (path: string) => void
  readonly keepClip: (clip: Clip) => void
  readonly clip: () => Clip | null
  /** Gives the keyboard back to the page. */
  readonly release: () => void
}

export interface CommandContext {
  readonly design: () => DesignState
  readonly ui: CommandUi
}

export type CommandGroup = 'Add' | 'Edit' | 'Arrange' | 'View' | 'Map' | 'Run' | 'Help'

/** One thing a person can do: its name, its keys, whether it can be done now, and doing it. */
export interface Command {
  readonly id: string
  readonly title: string
  readonly group: CommandGroup
  /** "Ctrl+Shift+Z"; Ctrl is also the Mac's Command. The first is the one that is shown. */
  readonly shortcuts?: readonly string[]
  /** `canvas` and `map`: the keys act only while that canvas has the keyboard. */
  readonly scope: 'canvas' | 'map' | 'page'
  /** Told in the help, left out of the palette. */
  readonly keysOnly?: boolean
  readonly when?: (context: CommandContext) => boolean
  readonly run: (context: CommandContext) => void
}

/** The saga on the canvas. */
export function currentSaga({ design }: CommandContext): Saga | null {
  const { document, selection } = design()
  return document.sagas.find(({ id }) => id === selection.sagaId) ?? null
}

export const hasNodes = ({ design }: CommandContext): boolean => design().selection.nodeIds.length > 0

/** The one selected node; null when none or several are. */
export function onlyNode(context: CommandContext): Saga['nodes'][number] | null {
  const { nodeIds } = context.design().selection
  const [id] = nodeIds
  if (nodeIds.length !== 1) return null
  return currentSaga(context)?.nodes.find((node) => node.id === id) ?? null
}

/** Selects a node that was just made and gives it the keyboard, once it is on the canvas. */
export function show(context: CommandContext, nodeId: string): void {
  context.design().select([nodeId])
  requestAnimationFrame(() => requestAnimationFrame(() => context.ui.canvas()?.focus(nodeId)))
}
