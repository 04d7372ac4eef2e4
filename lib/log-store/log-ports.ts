import type { LogFilter } from '@/core/log/filter'
import type { EventAnswer, LogExtent, LogMatches } from '@/core/protocol'
import { logApi } from '@/lib/api/log'
import { subscribeTopic } from '@/lib/socket/subscribe-topic'

/** What the page of a log needs of the world around it. */
export interface LogPorts {
  extent(place?: { readonly position: number } | { readonly time: number }): Promise<LogExtent>
  /** The event of that rank, from 0, and those behind it. */
  ranked(rank: number, limit: number): Promise<readonly EventAnswer[]>
  at(positions: readonly number[]): Promise<readonly EventAnswer[]>
  matches(filter: LogFilter, after: number): Promise<LogMatches>
  /** What comes after a position, each event once. @returns what ends it */
  follow(
    after: number,
    onEvents: (events: readonly EventAnswer[]) => void,
    onState: (connected: boolean) => void,
  ): () => void
}

/** The workbench's own server. */
export const logPorts = (designId: string): LogPorts => ({
  extent: (place) => logApi.extent(designId, place),
  ranked: async (rank, limit) => (await logApi.ranked(designId, { rank, limit })).items,
  at: async (positions) => (await logApi.ranked(designId, { positions: positions.join(',') })).items,
  matches: (filter, after) => logApi.matches(designId, filter, after),
  follow: (after, onEvents, onState) =>
    subscribeTopic<EventAnswer>(`log:${designId}`, after, onEvents, onState),
})
