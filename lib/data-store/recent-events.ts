import { aggregateOfStream } from '@/core/aggregate/handle'
import type { Design } from '@/core/design/document'
import type { EventAnswer } from '@/core/protocol'
import { designsApi } from '@/lib/api/designs'

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

/** The last events of one kind, newest first. */
export async function loadRecentEvents(
  designId: string,
  design: Design,
  { type, aggregate }: EventKind,
): Promise<readonly RecentEvent[]> {
  const filter = { stream: `${aggregate ?? 'run'}-*`, types: [type] }
  const found: RecentEvent[] = []
  let before: string | undefined
  for (let calls = 0; calls < MOST_CALLS && found.length < SHOWN; calls += 1) {
    const page = await designsApi.eventsBackwards(designId, filter, { limit: SHOWN, before })
    for (const event of page.items) {
      const key = keyOf(design, event.streamId, aggregate)
      if (key !== null) found.push({ ...event, key })
    }
    if (page.next === null) break
    before = page.next
  }
  return found.slice(0, SHOWN)
}

function keyOf(design: Design, streamId: string, aggregate: string | null): string | null {
  if (aggregate === null) return streamId.slice('run-'.length)
  const owner = aggregateOfStream(design, streamId)
  return owner?.aggregate.id === aggregate ? owner.key : null
}
