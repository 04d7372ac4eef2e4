import type { LogFilter } from '@/core/log/filter'
import { type LogExtent, type LogMatches, queryOfFilter, type RankedEvents } from '@/core/protocol'
import { request } from './request'

const log = (designId: string) => `/api/designs/${encodeURIComponent(designId)}/log`

/** Calls about the whole log of a design. */
export const logApi = {
  extent: (designId: string, place: { readonly position?: number; readonly time?: number } = {}) =>
    request<LogExtent>(log(designId), { query: { ...place } }),
  ranked: (
    designId: string,
    query: { readonly rank?: number; readonly limit?: number; readonly positions?: string },
  ) => request<RankedEvents>(`${log(designId)}/events`, { query: { ...query } }),
  matches: (designId: string, filter: LogFilter, after: number) =>
    request<LogMatches>(`${log(designId)}/matches`, { query: { ...queryOfFilter(filter), after } }),
}
