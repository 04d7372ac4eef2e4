import { runStream } from '@/core/aggregate/stream'
import type { Design } from '@/core/design/document'
import { runsApi } from '@/lib/api/runs'
import type { AtChoice } from './at-store'
import { loadOverview } from './overview'

export interface Choosable {
  readonly streamId: string
  readonly label: string
}

/** What there is to choose from: by aggregate the instances that changed last, and the newest runs. */
export interface AtOffer {
  readonly aggregates: readonly {
    readonly id: string
    readonly name: string
    readonly instances: readonly Choosable[]
  }[]
  readonly runs: readonly Choosable[]
}

const RUNS = 15
const INSTANCES = 15

export async function loadOffer(designId: string, design: Design): Promise<AtOffer> {
  const [overview, runs] = await Promise.all([
    loadOverview(designId, design, INSTANCES),
    runsApi.list({ design: designId, limit: RUNS }),
  ])
  return {
    aggregates: design.aggregates.map(({ id, name }) => ({
      id,
      name: name ?? id,
      instances: (overview.instances[id]?.items ?? []).map(({ streamId, key }) => ({ streamId, label: key })),
    })),
    runs: runs.items.map(({ id, saga }) => ({ streamId: runStream(id), label: `${saga} ${id}` })),
  }
}

/** What is shown when nobody chose: the newest run, the newest instance of each aggregate, the first read models. */
export function firstChoice(offer: AtOffer, design: Design): AtChoice {
  const runs = offer.runs.slice(0, 1)
  const instances = offer.aggregates.flatMap((aggregate) => aggregate.instances.slice(0, 1)).slice(0, 4)
  return {
    streams: [...runs, ...instances].map(({ streamId }) => streamId),
    projections: design.projections.slice(0, 2).map(({ id }) => id),
  }
}
