import type { CodeEvent, CodeFault, CodeProgram, CodeRunner } from '../code/contract'
import type { Projection } from '../design/aggregate'
import type { Design } from '../design/document'
import type { Json } from '../json'
import { keysCall, listensTo, projectCall } from './fold'

export interface FoldedRows {
  /** The events it is given, each with the key of the row it concerns; null: it ignores it. */
  readonly heard: readonly { readonly event: CodeEvent; readonly key: string | null }[]
  /** Up to the first event whose handler failed, if one did. */
  readonly rows: Readonly<Record<string, Json>>
  readonly fault: (CodeFault & { readonly eventIndex?: number }) | null
}

/** Folds events into rows from nothing, as a rebuild does. Nothing is recorded. */
export async function foldRows(
  code: CodeRunner,
  program: CodeProgram,
  design: Design,
  projection: Projection,
  events: readonly CodeEvent[],
): Promise<FoldedRows> {
  const own = events.filter((event) => listensTo(design, projection, event.streamId ?? ''))
  const keys = await code.run(program, keysCall(design, projection, own))
  if (!keys.ok) return { heard: own.map((event) => ({ event, key: null })), rows: {}, fault: keys.error }
  const heard = own.map((event, index) => ({ event, key: keys.value.keys[index] ?? null }))
  const folded = await code.run(program, projectCall(design, projection, {}, own, keys.value.keys))
  if (!folded.ok) return { heard, rows: {}, fault: folded.error }
  const rows = Object.entries(folded.value.rows).filter(([, row]) => row !== null)
  return { heard, rows: Object.fromEntries(rows), fault: folded.value.fault ?? null }
}
