import { aggregateOfStream } from '@/core/aggregate/handle'
import type { Design } from '@/core/design/document'
import type { EventAnswer, ProjectionChange, ProjectionInfo, StreamAnswer } from '@/core/protocol'
import { designsApi } from '@/lib/api/designs'
import { logApi } from '@/lib/api/log'
import { subscribeTopic } from '@/lib/socket/subscribe-topic'
import { createThrottle } from './throttle'

/** One instance of an aggregate. */
export interface Instance extends StreamAnswer {
  readonly key: string
}

export interface Overview {
  /** By aggregate id, newest activity first; `more` when there are others behind these. */
  readonly instances: Readonly<
    Record<string, { readonly items: readonly Instance[]; readonly more: boolean }>
  >
  readonly projections: readonly ProjectionInfo[]
}

const SHOWN = 25
/** While events stream in the overview is read again at most this often, ms. */
const REREAD_MS = 300

/** @param shown how many instances of each aggregate to read */
export async function loadOverview(designId: string, design: Design, shown = SHOWN): Promise<Overview> {
  const [projections, ...streams] = await Promise.all([
    designsApi.projections(designId),
    ...design.aggregates.map(({ id }) => designsApi.streams(designId, { prefix: `${id}-`, limit: shown })),
  ])
  const instances = design.aggregates.map(({ id }, at) => {
    const page = streams[at]
    const items = (page?.items ?? []).flatMap((stream): readonly Instance[] => {
      const owner = aggregateOfStream(design, stream.streamId)
      return owner?.aggregate.id === id ? [{ ...stream, key: owner.key }] : []
    })
    return [id, { items, more: page?.next !== null && page !== undefined }] as const
  })
  return { instances: Object.fromEntries(instances), projections: projections.items }
}

/**
 * Tells when something happened in a design: its projections hear of every event, and without any its log is followed.
 * @returns what ends it
 */
export function followActivity(
  designId: string,
  projections: readonly string[],
  onActivity: () => void,
): () => void {
  const throttle = createThrottle(REREAD_MS, onActivity)
  const ends = [
    subscribeTopic(`runs:${designId}`, 0, () => throttle.request()),
    ...projections.map((name) =>
      subscribeTopic<ProjectionChange>(`projection:${designId}/${name}`, 0, () => throttle.request()),
    ),
    ...(projections.length === 0 ? [followLog(designId, () => throttle.request())] : []),
  ]
  return () => {
    throttle.stop()
    for (const end of ends) end()
  }
}

const ASK_AGAIN_MS = 2_000

/** What comes from now on, whatever the length of what came before. Tells once more when it has begun to listen. */
function followLog(designId: string, onEvents: () => void): () => void {
  let end: (() => void) | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let gone = false
  const begin = (): void => {
    logApi
      .extent(designId)
      .then(({ last }) => {
        if (gone) return
        end = subscribeTopic<EventAnswer>(`log:${designId}`, last, onEvents)
        onEvents()
      })
      .catch(() => {
        if (!gone) timer = setTimeout(begin, ASK_AGAIN_MS)
      })
  }
  begin()
  return () => {
    gone = true
    clearTimeout(timer)
    end?.()
  }
}
