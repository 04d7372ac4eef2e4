import type { JsonObject } from '@/core/json'
import type { EventAnswer, Page, Rehearsed, RunAction, RunAnswer, RunSummary } from '@/core/protocol'
import type { FaultInput, RunMode } from '@/core/saga'
import { request } from './request'

const run = (id: string) => `/api/runs/${encodeURIComponent(id)}`

export interface StartRunBody {
  readonly saga: string
  readonly input: JsonObject
  readonly mode?: RunMode
  readonly seed?: string
  readonly faults?: readonly FaultInput[]
  readonly breakpoints?: readonly string[]
}

export interface ForkRunBody {
  readonly seq?: number
  readonly data?: JsonObject
  readonly faults?: readonly FaultInput[]
  readonly design?: number | 'newest'
  readonly mode?: RunMode
  readonly by?: string
  readonly reason?: string
}

/** Calls about runs. */
export const runsApi = {
  start: (designId: string, body: StartRunBody) =>
    request<{ readonly id: string }>(`/api/designs/${encodeURIComponent(designId)}/runs`, {
      method: 'POST',
      body,
    }),
  list: (
    query: {
      readonly design?: string
      readonly saga?: string
      readonly status?: string
      readonly needs?: 'person'
      readonly limit?: number
      readonly after?: string
    } = {},
  ) => request<Page<RunSummary>>('/api/runs', { query: { ...query } }),
  get: (id: string, seq?: number) => request<RunAnswer>(run(id), { query: { seq } }),
  events: (id: string, after = 0) =>
    request<Page<EventAnswer>>(`${run(id)}/events`, { query: { after, limit: 500 } }),
  fork: (id: string, body: ForkRunBody) =>
    request<{ readonly id: string; readonly seq: number }>(`${run(id)}/fork`, { method: 'POST', body }),
  rehearse: (
    designId: string,
    body: { readonly document?: unknown; readonly unfinished?: boolean; readonly limit?: number },
  ) => request<Rehearsed>(`/api/designs/${encodeURIComponent(designId)}/rehearse`, { method: 'POST', body }),
  act: (id: string, action: RunAction) =>
    request<RunAnswer>(`${run(id)}/actions`, { method: 'POST', body: action }),
}
