import type { Design } from '@/core/design/document'
import type { Problem } from '@/core/design/problem'
import type { Issue } from '@/core/errors'
import type { DesignAnswer } from '@/core/protocol'
import type { Result } from '@/core/result'

export type SaveState = 'saved' | 'saving' | 'dirty' | 'conflict' | 'error'

export interface Selection {
  /** The saga on the canvas; null when the design has none. */
  readonly sagaId: string | null
  readonly nodeIds: readonly string[]
  readonly edgeIds: readonly string[]
}

/** A node of one of the sagas. */
export interface NodePlace {
  readonly sagaId: string
  readonly nodeId: string
}

/** The design as somebody is writing it, while what is written is no design: it is kept, and not saved. */
export interface TextDraft {
  readonly text: string
  /** The design's own text as it was when this one ceased to be a design. */
  readonly over: string
  /** What is wrong with it first. */
  readonly why: string
}

/** A change to the document: mutates the draft it is given. */
export type Recipe = (draft: Design) => void

export interface EditOptions {
  /** Edits of one key within a second are one undo. */
  readonly mergeKey?: string
}

export interface DesignState {
  readonly designId: string
  /** The version on the server that the document was read from or last saved as. */
  readonly version: number
  readonly document: Design
  readonly saveState: SaveState
  /** Why the last save failed. */
  readonly saveError: string | null
  /** What somebody else saved, while it is not decided whose version stays. */
  readonly theirs: DesignAnswer | null
  /** A text that is not taken; null when there is none. */
  readonly draft: TextDraft | null
  readonly problems: readonly Problem[]
  readonly selection: Selection
  /** The nodes whose sagas were opened one from another, the latest last: the way back. */
  readonly trail: readonly NodePlace[]
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** What undo and redo would take back and do again. */
  readonly undoLabel: string | null
  readonly redoLabel: string | null

  /**
   * Changes the document, as one step of undo.
   * @returns what is wrong with the outcome, with paths; then nothing has changed
   */
  edit(label: string, recipe: Recipe, options?: EditOptions): Result<null, readonly Issue[]>
  /** Puts another document in place of this one, as one step of undo: import, the JSON view. */
  replace(label: string, document: Design): void
  keepDraft(draft: TextDraft | null): void
  undo(): void
  redo(): void
  select(nodeIds: readonly string[], edgeIds?: readonly string[]): void
  /** Puts a saga on the canvas; the way back is forgotten. */
  setSaga(sagaId: string): void
  /** Puts the saga on the canvas that a node of the present one runs. */
  openSaga(sagaId: string, fromNodeId: string): void
  /** Back to the node at this place of the trail, the latest unless it is said. */
  goBack(at?: number): void
  /**
   * Saves what is not saved yet.
   * @returns the version that holds the document as it is now
   * @throws {SaveRefusedError} while somebody else's version is in the way, or the server does not take it
   */
  saveNow(): Promise<number>
  /** `mine` overwrites what the other saved; `theirs` takes it and forgets my undo. */
  resolveConflict(keep: 'mine' | 'theirs'): Promise<void>
  /** Stops timers. */
  dispose(): void
}

/** Thrown by `saveNow` when the document could not be brought to the server. */
export class SaveRefusedError extends Error {
  override readonly name = 'SaveRefusedError'
  constructor(
    readonly code: 'CONFLICT' | 'FAILED',
    message: string,
  ) {
    super(message)
  }
}
