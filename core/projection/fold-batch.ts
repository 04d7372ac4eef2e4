import type { CodeEvent, CodeFault, CodeProgram, CodeRunner } from '../code/contract'
import type { Projection } from '../design/aggregate'
import type { Design } from '../design/document'
import type { Json } from '../json'
import { keysCall, projectCall } from './fold'

/** One definition of a projection, with the program and the document it is in. */
export interface ProjectionFold {
  readonly program: CodeProgram
  readonly design: Design
  readonly projection: Projection
}

/** The rows with these keys, as far as there are any. */
export type LoadRows = (keys: readonly string[]) => Promise<Readonly<Record<string, Json>>>

/** What a batch comes to. */
export interface FoldedBatch {
  /** How many of the events are in the rows, from the first on. */
  readonly folded: number
  /** Of each event that was looked at, the row it concerns; null: it is ignored. */
  readonly keys: readonly (string | null)[]
  /** Rows that changed; null: gone. */
  readonly rows: Readonly<Record<string, Json>>
  /** What stopped it at `events[folded]`. */
  readonly fault: CodeFault | null
}

/**
 * Folds events into rows, up to the first whose handler failed: the one account of what a projection does, for the
 * server, the page and scenarios. Two crossings into the sandbox, whatever their number. It stores nothing. A batch that
 * fails as a whole says nothing of which event it was: then the first alone is folded, and the others are left.
 * @param events of streams that the projection listens to, ascending
 */
export async function foldBatch(
  code: CodeRunner,
  fold: ProjectionFold,
  events: readonly CodeEvent[],
  loadRows: LoadRows,
): Promise<FoldedBatch> {
  const { program, design, projection } = fold
  const failed = (fault: CodeFault): Promise<FoldedBatch> | FoldedBatch =>
    events.length > 1
      ? foldBatch(code, fold, events.slice(0, 1), loadRows)
      : { folded: 0, keys: [], rows: {}, fault }
  if (events.length === 0) return { folded: 0, keys: [], rows: {}, fault: null }
  const keyed = await code.run(program, keysCall(design, projection, events))
  if (!keyed.ok) return failed(keyed.error)
  const { keys } = keyed.value
  const before = await loadRows([...new Set(keys.filter((key) => key !== null))])
  const answer = await code.run(program, projectCall(design, projection, before, events, keys))
  if (!answer.ok) return failed(answer.error)
  const { rows, fault = null } = answer.value
  return { folded: fault?.eventIndex ?? events.length, keys, rows, fault }
}
