import type { CodeEvent, CodeFault, CodeProgram, CodeRunner } from '@/core/code/contract'
import type { Projection } from '@/core/design/aggregate'
import type { Design } from '@/core/design/document'
import type { Json } from '@/core/json'
import { keysCall, listensTo, projectCall } from '@/core/projection/fold'

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
  const heard = events.filter((event) => listensTo(design, projection, event.streamId ?? ''))
  const keys = await code.run(program, keysCall(design, projection, heard))
  if (!keys.ok) return { fed: heard.map((event) => ({ event, key: null })), rows: [], fault: keys.error }
  const fed = heard.map((event, index) => ({ event, key: keys.value.keys[index] ?? null }))
  const folded = await code.run(program, projectCall(design, projection, {}, heard, keys.value.keys))
  if (!folded.ok) return { fed, rows: [], fault: folded.error }
  const rows = Object.entries(folded.value.rows).flatMap(([key, row]) => (row === null ? [] : [{ key, row }]))
  return { fed, rows, fault: folded.value.fault ?? null }
}
