import type { RecordedEvent } from '@/core/log/event'
import { matchesFilter } from '@/core/log/filter'
import type { EventStore, LogScan } from '../contract'

type LogReads = Pick<EventStore, 'scan' | 'scanPositions' | 'readAt' | 'count' | 'positionAt'>

/** Reads from anywhere in a log that is in memory, by the filter as `core` tells it. */
export function createMemoryLogReads(log: readonly RecordedEvent[]): LogReads {
  const of = (designId: string, after = 0, before = Number.POSITIVE_INFINITY) =>
    log.filter((one) => one.designId === designId && one.position > after && one.position < before)

  function scan(designId: string, { after, before, direction, filter = {}, limit, most }: LogScan) {
    const all = of(designId, after, before)
    const looked = (direction === 'backwards' ? all.reverse() : all).slice(0, most)
    const events = looked.filter((event) => matchesFilter(event, filter)).slice(0, limit)
    const end = all.length > looked.length || looked.length === most ? looked.at(-1) : undefined
    const next = events.length >= limit ? events.at(-1) : end
    return { events, next: next?.position ?? null }
  }

  return {
    scan: async (designId, query) => scan(designId, query),
    scanPositions: async (designId, query) => {
      const { events, next } = scan(designId, query)
      return { positions: events.map(({ position }) => position), next }
    },
    readAt: async (designId, positions) => {
      const wanted = new Set(positions)
      return of(designId).filter(({ position }) => wanted.has(position))
    },
    count: async (designId, { after, before, most }) => {
      const counted = of(designId, after, before).slice(0, most)
      return { events: counted.length, last: counted.at(-1)?.position ?? after }
    },
    positionAt: async (designId, time) =>
      of(designId).find((one) => one.recordedAt >= time)?.position ?? null,
  }
}
