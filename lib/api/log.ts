import type { LogFilter } from '@/core/log/filter'
import {
  type ImportAnswer,
  type LogExtent,
  type LogMatches,
  queryOfFilter,
  type RankedEvents,
} from '@/core/protocol'
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
  /** Address of the log as a file. */
  fileHref: (designId: string, filter: LogFilter) => {
    const query = new URLSearchParams(
      Object.entries(queryOfFilter(filter)).map(([name, value]) => [name, String(value)]),
    )
    return `${log(designId)}.ndjson${query.size === 0 ? '' : `?${query}`}`
  },
  /** @param designId null: as a new design @throws {ApiError} `IMPORT_*` with the line, `LOG_NOT_EMPTY` */
  import: (designId: string | null, file: Blob) =>
    request<ImportAnswer>(designId === null ? '/api/designs/import' : log(designId), {
      method: 'POST',
      file,
    }),
  matches: (designId: string, filter: LogFilter, after: number) =>
    request<LogMatches>(`${log(designId)}/matches`, { query: { ...queryOfFilter(filter), after } }),
}
