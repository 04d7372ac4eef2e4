import { aggregateOfStream } from '@/core/aggregate/handle'
import type { Design } from '@/core/design/document'
import type { EventAnswer } from '@/core/protocol'
import { designsApi } from '@/lib/api/designs'
import { logApi } from '@/lib/api/log'

const SHOWN = 8
/** The server looks at a bounded number of events a call: so many calls back in time, and then no further. */
const MOST_CALLS = 10

export interface EventKind {
  readonly type: string
  /** The aggregate whose event it is; null for an event of runs. */
  readonly aggregate: string | null
}

export interface RecentEvent extends EventAnswer {
  /** Of the instance, or of the run. */
  readonly key: string
}

/**
 * Reads the last events of one kind, newest first. The log is walked back once; read again, it is asked only for what
 * has come since.
 */
export function recentEvents(
  designId: string,
  { type, aggregate }: EventKind,
): (design: Design) => Promise<readonly RecentEvent[]> {
  const filter = { stream: `${aggregate ?? 'run'}-*`, types: [type] }
  let shown: readonly RecentEvent[] = []
  let lookedAt = 0

  /** Back from the latest, to where it has been looked before. */
  async function newer(design: Design): Promise<readonly RecentEvent[]> {
    const found: RecentEvent[] = []
    let before: string | undefined
    for (let calls = 0; calls < MOST_CALLS && found.length < SHOWN; calls += 1) {
      const range = { limit: SHOWN, before, after: lookedAt }
      const page = await designsApi.eventsBackwards(designId, filter, range)
      for (const event of page.items) {
        const key = keyOf(design, event.streamId, aggregate)
        if (key !== null) found.push({ ...event, key })
      }
      if (page.next === null) break
      before = page.next
    }
    return found
  }

  return async (design) => {
    const { last } = await logApi.extent(designId)
    if (last > lookedAt) {
      const found = (await newer(design)).filter(({ position }) => position <= last)
      shown = [...found, ...shown].slice(0, SHOWN)
      lookedAt = last
    }
    return shown
  }
}

function keyOf(design: Design, streamId: string, aggregate: string | null): string | null {
  if (aggregate === null) return streamId.slice('run-'.length)
  const owner = aggregateOfStream(design, streamId)
  return owner?.aggregate.id === aggregate ? owner.key : null
}
