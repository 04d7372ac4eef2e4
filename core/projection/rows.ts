import type { CodeEvent, CodeFault, CodeProgram, CodeRunner } from '../code/contract'
import type { Projection } from '../design/aggregate'
import type { Design } from '../design/document'
import type { Json } from '../json'
import { createRowsFolding, type HeardEvent } from './folding'

export interface FoldedRows {
  readonly heard: readonly HeardEvent[]
  /** Up to the first event whose handler failed, if one did. */
  readonly rows: Readonly<Record<string, Json>>
  /** What stopped it at `heard[eventIndex]`. */
  readonly fault: (CodeFault & { readonly eventIndex: number }) | null
}

/** Folds events into rows from nothing, as a rebuild does. Nothing is recorded. */
export async function foldRows(
  code: CodeRunner,
  program: CodeProgram,
  design: Design,
  projection: Projection,
  events: readonly CodeEvent[],
): Promise<FoldedRows> {
  const folding = createRowsFolding(code, { program, design, projection })
  const heard = await folding.feed(events)
  const { rows, fault } = folding
  const eventIndex = heard.findIndex(({ event }) => event === fault?.event)
  return { heard, rows: Object.fromEntries(rows), fault: fault && { ...fault, eventIndex } }
}
