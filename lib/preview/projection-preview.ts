import type { CodeEvent, CodeProgram, CodeRunner } from '@/core/code/contract'
import type { Projection } from '@/core/design/aggregate'
import type { Design } from '@/core/design/document'
import type { Json } from '@/core/json'
import type { HeardEvent } from '@/core/projection/folding'
import { type FoldedRows, foldRows } from '@/core/projection/rows'

export interface ProjectionPreview {
  readonly fed: readonly HeardEvent[]
  readonly rows: readonly { readonly key: string; readonly row: Json }[]
  readonly fault: FoldedRows['fault']
}

/**
 * Folds events into rows from nothing, as the server's runner does from its checkpoint. Nothing is recorded.
 * On a fault the rows are those before the event that caused it.
 */
export async function previewProjection(
  code: CodeRunner,
  program: CodeProgram,
  design: Design,
  projection: Projection,
  events: readonly CodeEvent[],
): Promise<ProjectionPreview> {
  const { heard, rows, fault } = await foldRows(code, program, design, projection, events)
  return { fed: heard, rows: Object.entries(rows).map(([key, row]) => ({ key, row })), fault }
}
