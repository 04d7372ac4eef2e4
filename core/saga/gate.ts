import { designPath, type NodePath } from './path'
import type { SagaState } from './state'

/** Under this a compensation is let begin: its step's path is taken by the action. */
export const undoKey = (path: NodePath): string => `undo:${path}`

/**
 * Whether a node that is ready waits for a person to let it begin: the run goes one step at a time, or there is a
 * breakpoint at its place in the design.
 */
export function isHeld(state: SagaState, path: NodePath): boolean {
  const { mode, breakpoints, released } = state
  if (mode !== 'manual' && !breakpoints?.length) return false
  if (released?.includes(path)) return false
  return mode === 'manual' || breakpoints?.includes(designPath(path)) === true
}

/** The same for a compensation. Breakpoints are for what goes forward: only a run by steps holds it. */
export const isUndoHeld = ({ mode, released }: SagaState, path: NodePath): boolean =>
  mode === 'manual' && released?.includes(undoKey(path)) !== true
