import type { CodeEvent, CodeFault, CodeProgram, CodeRunner } from '@/core/code/contract'
import type { Projection } from '@/core/design/aggregate'
import type { Design } from '@/core/design/document'
import type { Json } from '@/core/json'
import { foldRows } from '@/core/projection/rows'

/** What became of one event: the row it concerns, or null when the projection ignores it. */
export interface FedEvent {
  readonly event: CodeEvent
  readonly key: string | null
}

export interface ProjectionPreview {
  readonly fed: readonly FedEvent[]
  readonly rows: readonly { readonly key: string; readonly row: Json }[]
  readonly fault: (CodeFault & { readonly eventIndex?: number }) | null
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
