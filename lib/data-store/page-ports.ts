import { aggregateStream } from '@/core/aggregate/stream'
import type { EventAnswer, ProjectionChange } from '@/core/protocol'
import { designsApi } from '@/lib/api/designs'
import { ApiError } from '@/lib/api/request'
import { subscribeTopic } from '@/lib/socket/subscribe-topic'
import type { ReadModelPorts } from './read-model-store'
import type { StreamPorts } from './stream-store'

/** The workbench's own server. */
export function streamPorts(designId: string, aggregate: string, key: string): StreamPorts {
  const streamId = aggregateStream(aggregate, key)
  return {
    load: async (from) => {
      try {
        return await designsApi.streamEvents(designId, streamId, { from, limit: 500 })
      } catch (error) {
        // an instance that nothing has happened to yet
        if (error instanceof ApiError && error.code === 'STREAM_NOT_FOUND') return { items: [], next: null }
        throw error
      }
    },
    follow: (after, onEvents, onState) =>
      subscribeTopic<EventAnswer>(`stream:${designId}/${streamId}`, after, onEvents, onState),
  }
}

export function readModelPorts(designId: string, name: string): ReadModelPorts {
  return {
    info: async () => {
      const { items } = await designsApi.projections(designId)
      const info = items.find((item) => item.name === name)
      if (!info) throw new ApiError('PROJECTION_NOT_FOUND', 404, `This design has no read model “${name}”.`)
      return info
    },
    rows: ({ filter, sort, limit, after }) =>
      designsApi.rows(designId, name, {
        limit,
        ...(filter === null ? {} : { filter }),
        ...(sort === null ? {} : { sort }),
        ...(after === undefined ? {} : { after }),
      }),
    act: (action) => designsApi.projectionAction(designId, name, action),
    follow: (after, onChanges, onState) =>
      subscribeTopic<ProjectionChange>(`projection:${designId}/${name}`, after, onChanges, onState),
  }
}
