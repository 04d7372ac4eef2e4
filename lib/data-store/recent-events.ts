import { aggregateOfStream } from '@/core/aggregate/handle'
import type { Design } from '@/core/design/document'
import type { EventAnswer } from '@/core/protocol'
import { designsApi } from '@/lib/api/designs'

/** Streams that changed last, and events at the end of each, that are looked through. */
export const RECENT = { streams: 8, eventsOfEach: 30, shown: 8 } as const

export interface EventKind {
  readonly type: string
  /** The aggregate whose event it is; null for an event of runs. */
  readonly aggregate: string | null
}

export interface RecentEvent extends EventAnswer {
  /** Of the instance, or of the run. */
  readonly key: string
}

/** The last events of one type, newest first: those among the last ones of the streams that changed last. */
export async function loadRecentEvents(
  designId: string,
  design: Design,
  { type, aggregate }: EventKind,
): Promise<readonly RecentEvent[]> {
  const prefix = `${aggregate ?? 'run'}-`
  const { items } = await designsApi.streams(designId, { prefix, limit: RECENT.streams })
  const own = items.flatMap((stream) => {
    const key = keyOf(design, stream.streamId, aggregate)
    return key === null ? [] : [{ ...stream, key }]
  })
  const pages = await Promise.all(
    own.map(async ({ streamId, version, key }) => {
      const from = Math.max(1, version - RECENT.eventsOfEach + 1)
      const page = await designsApi.streamEvents(designId, streamId, { from, limit: RECENT.eventsOfEach })
      return page.items.filter((event) => event.type === type).map((event) => ({ ...event, key }))
    }),
  )
  return pages
    .flat()
    .sort((a, b) => b.position - a.position)
    .slice(0, RECENT.shown)
}

function keyOf(design: Design, streamId: string, aggregate: string | null): string | null {
  if (aggregate === null) return streamId.slice('run-'.length)
  const owner = aggregateOfStream(design, streamId)
  return owner?.aggregate.id === aggregate ? owner.key : null
}
