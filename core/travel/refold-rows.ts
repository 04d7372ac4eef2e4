import type { CodeEvent, CodeFault, CodeProgram, CodeRunner } from '../code/contract'
import type { Projection } from '../design/aggregate'
import type { Design } from '../design/document'
import { type Json, sameJson } from '../json'
import { keysCall, listensTo, projectCall } from '../projection/fold'

/** One definition of a projection, with the program and the document it is in. */
export interface ProjectionFold {
  readonly program: CodeProgram
  readonly design: Design
  readonly projection: Projection
}

/** What stopped it: as in a run of the projection, the rows stay those before the event at fault. */
export interface RowsFault extends CodeFault {
  readonly event: CodeEvent | null
}

/** A projection that is folded from nothing, slice by slice. It keeps its rows to itself: nothing is stored. */
export interface RowsFolding {
  /** @param events of the design, ascending, behind those fed before. After a fault nothing more is taken. */
  feed(events: readonly CodeEvent[]): Promise<void>
  readonly rows: ReadonlyMap<string, Json>
  readonly fault: RowsFault | null
}

export function createRowsFolding(code: CodeRunner, side: ProjectionFold): RowsFolding {
  const { program, design, projection } = side
  const rows = new Map<string, Json>()
  let fault: RowsFault | null = null

  async function feed(events: readonly CodeEvent[]): Promise<void> {
    if (fault !== null) return
    const heard = events.filter(
      ({ streamId, type }) =>
        Object.hasOwn(projection.on, type) && listensTo(design, projection, streamId ?? ''),
    )
    if (heard.length === 0) return
    const keyed = await code.run(program, keysCall(design, projection, heard))
    if (!keyed.ok) return alone(heard, keyed.error)
    const { keys } = keyed.value
    const wanted = new Set(keys.filter((key) => key !== null))
    const present = Object.fromEntries(
      [...wanted].flatMap((key) => {
        const row = rows.get(key)
        return row === undefined ? [] : [[key, row] as const]
      }),
    )
    const answer = await code.run(program, projectCall(design, projection, present, heard, keys))
    if (!answer.ok) return alone(heard, answer.error)
    for (const [key, row] of Object.entries(answer.value.rows)) {
      if (row === null) rows.delete(key)
      else rows.set(key, row)
    }
    const stopped = answer.value.fault
    if (stopped) fault = { ...stopped, event: heard[stopped.eventIndex] ?? null }
  }

  /** A slice that fails as a whole says nothing of which event it was: one at a time does. */
  async function alone(heard: readonly CodeEvent[], error: CodeFault): Promise<void> {
    const [only, ...others] = heard
    if (others.length === 0) {
      fault = { ...error, event: only ?? null }
      return
    }
    for (const event of heard) await feed([event])
  }

  return {
    feed,
    rows,
    get fault() {
      return fault
    },
  }
}

/** A row before and after; null: there is none. */
export interface RowChange {
  readonly key: string
  readonly before: Json
  readonly after: Json
}

/** The rows that differ, by key. */
export function compareRows(
  before: ReadonlyMap<string, Json>,
  after: ReadonlyMap<string, Json>,
): readonly RowChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((key) => {
    const change = { key, before: before.get(key) ?? null, after: after.get(key) ?? null }
    return sameJson(change.before, change.after) ? [] : [change]
  })
}
