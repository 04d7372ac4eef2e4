import { apply, create, type Patches } from 'mutative'
import type { Design } from '@/core/design/document'

/** One step of undo: what changed, both ways. */
interface Entry {
  readonly label: string
  readonly patches: Patches
  readonly inverse: Patches
  /** Edits of one key soon after each other are one step: typing a name is not ten undos. */
  readonly mergeKey: string | null
  readonly at: number
}

/** How long edits of one key keep flowing together, ms. */
export const MERGE_WITHIN_MS = 1_000
const MOST_ENTRIES = 200

/** What I did and can take back. What others did never enters it. */
export interface History {
  readonly past: readonly Entry[]
  readonly future: readonly Entry[]
}

export const EMPTY_HISTORY: History = { past: [], future: [] }

export interface Changed {
  readonly document: Design
  readonly history: History
}

/**
 * Applies an edit and remembers how to take it back.
 * @param at epoch ms, for merging
 * @returns null when the recipe changed nothing
 */
export function recordEdit(
  document: Design,
  history: History,
  edit: {
    readonly label: string
    readonly recipe: (draft: Design) => void
    readonly mergeKey: string | null
    readonly at: number
  },
): Changed | null {
  // The document holds JSON of any depth: typing its draft member by member has no end.
  const change = edit.recipe as (draft: object) => void
  const [changed, patches, inverse] = create(document as object, change, { enablePatches: true })
  const next = changed as Design
  if (patches.length === 0) return null
  const { label, mergeKey, at } = edit
  const last = history.past.at(-1)
  const merges =
    last !== undefined && mergeKey !== null && last.mergeKey === mergeKey && at - last.at <= MERGE_WITHIN_MS
  const entry: Entry = merges
    ? { label, mergeKey, at, patches: [...last.patches, ...patches], inverse: [...inverse, ...last.inverse] }
    : { label, mergeKey, at, patches, inverse }
  const kept = merges ? history.past.slice(0, -1) : history.past.slice(-(MOST_ENTRIES - 1))
  return { document: next, history: { past: [...kept, entry], future: [] } }
}

/** Takes the last edit back; null when there is none. */
export function undoEdit(document: Design, history: History): Changed | null {
  const entry = history.past.at(-1)
  if (!entry) return null
  const past = history.past.slice(0, -1)
  return { document: apply(document, entry.inverse), history: { past, future: [entry, ...history.future] } }
}

/** Does again what was taken back last; null when there is nothing. */
export function redoEdit(document: Design, history: History): Changed | null {
  const [entry, ...future] = history.future
  if (!entry) return null
  // An edit made after a redo is a step of its own.
  const past = [...history.past, { ...entry, mergeKey: null }]
  return { document: apply(document, entry.patches), history: { past, future } }
}
