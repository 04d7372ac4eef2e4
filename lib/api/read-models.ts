import type { Json } from '@/core/json'
import type { CheckName, ChecksAnswer, QueryAnswer, RowsAnswer } from '@/core/protocol'
import { request } from './request'

const design = (id: string) => `/api/designs/${encodeURIComponent(id)}`
const projection = (id: string, name: string) => `${design(id)}/projections/${encodeURIComponent(name)}`

/** A read that waits until the read model has come to a position; `PROJECTION_BEHIND` (409) when it does not. */
interface AtLeast {
  readonly atLeast?: number
  readonly waitMs?: number
}

/** Calls about read models beyond what a list of them needs. */
export const readModelsApi = {
  rows: (
    id: string,
    name: string,
    query: AtLeast & {
      readonly limit?: number
      readonly after?: string
      readonly filter?: string
      readonly sort?: string
    } = {},
  ) => request<RowsAnswer>(`${projection(id, name)}/rows`, { query: { ...query } }),
  /** @throws {ApiError} `QUERY_*` and `CODE_*` */
  ask: (id: string, name: string, query: string, params: Json, wait: AtLeast = {}) =>
    request<QueryAnswer>(`${projection(id, name)}/queries/${encodeURIComponent(query)}`, {
      method: 'POST',
      body: { params },
      query: { ...wait },
    }),
  check: (id: string, checks?: readonly CheckName[]) =>
    request<ChecksAnswer>(`${design(id)}/checks`, {
      method: 'POST',
      body: checks === undefined ? {} : { checks },
    }),
}
