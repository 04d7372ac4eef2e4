import type { LoggedEvent } from '@/core/scenario'
import { designsApi } from '@/lib/api/designs'
import { ApiError } from '@/lib/api/request'

/** A stream of a design, whole; one that nothing has happened to is empty. */
export async function readStream(designId: string, streamId: string): Promise<readonly LoggedEvent[]> {
  const all: LoggedEvent[] = []
  try {
    for (let from = 1; ; from = all.length + 1) {
      const { items, next } = await designsApi.streamEvents(designId, streamId, { from, limit: 500 })
      for (const event of items) all.push(event)
      if (next === null || items.length === 0) return all
    }
  } catch (error) {
    if (error instanceof ApiError && error.code === 'STREAM_NOT_FOUND') return all
    throw error
  }
}
