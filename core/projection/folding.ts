import type { CodeEvent, CodeFault, CodeRunner } from '../code/contract'
import type { Json } from '../json'
import { listensTo } from './fold'
import { foldBatch, type ProjectionFold } from './fold-batch'

/** What stopped it: as in a run of the projection, the rows stay those before the event at fault. */
export interface RowsFault extends CodeFault {
  readonly event: CodeEvent | null
}

/** An event that a projection is given, and the row it concerns; null: it ignores it, or did not come to it. */
export interface HeardEvent {
  readonly event: CodeEvent
  readonly key: string | null
}

/** A projection that is folded from nothing, slice by slice. It keeps its rows to itself: nothing is stored. */
export interface RowsFolding {
  /**
   * @param events of the design, ascending, behind those fed before. After a fault nothing more is taken.
   * @returns those that it is given
   */
  feed(events: readonly CodeEvent[]): Promise<readonly HeardEvent[]>
  readonly rows: ReadonlyMap<string, Json>
  readonly fault: RowsFault | null
}

export function createRowsFolding(code: CodeRunner, side: ProjectionFold): RowsFolding {
  const rows = new Map<string, Json>()
  let fault: RowsFault | null = null
  const present = async (keys: readonly string[]) =>
    Object.fromEntries(
      keys.flatMap((key) => {
        const row = rows.get(key)
        return row === undefined ? [] : [[key, row] as const]
      }),
    )

  async function take(events: readonly CodeEvent[]): Promise<readonly (string | null)[]> {
    if (fault !== null || events.length === 0) return []
    const batch = await foldBatch(code, side, events, present)
    for (const [key, row] of Object.entries(batch.rows)) {
      if (row === null) rows.delete(key)
      else rows.set(key, row)
    }
    if (batch.fault) fault = { ...batch.fault, event: events[batch.folded] ?? null }
    if (batch.fault || batch.folded === events.length) return batch.keys
    // As a whole they failed: one at a time tells which it is.
    const keys = [...batch.keys]
    for (const event of events.slice(batch.folded)) keys.push(...(await take([event])))
    return keys
  }

  return {
    async feed(events) {
      const heard = events.filter(({ streamId }) => listensTo(side.design, side.projection, streamId ?? ''))
      const keys = await take(heard)
      return heard.map((event, index) => ({ event, key: keys[index] ?? null }))
    },
    rows,
    get fault() {
      return fault
    },
  }
}
