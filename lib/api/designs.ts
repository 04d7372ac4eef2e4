import type { Design } from '@/core/design/document'
import type { Json } from '@/core/json'
import type { LogFilter } from '@/core/log/filter'
import {
  type AggregateState,
  type AtPosition,
  type CausationAnswer,
  type CommandAnswer,
  type DecisionSlice,
  type DesignAnswer,
  type DesignSummary,
  type EventAnswer,
  type EventHistory,
  type HistorySlice,
  type Page,
  type PolicyAction,
  type PolicyInfo,
  type ProblemAnswer,
  type ProjectionAction,
  type ProjectionInfo,
  type ProjectionRow,
  queryOfFilter,
  type RecordedCommandAnswer,
  type StreamAnswer,
  type TemplateSummary,
} from '@/core/protocol'
import { request } from './request'

const design = (id: string) => `/api/designs/${encodeURIComponent(id)}`
const aggregate = (id: string, name: string, key: string) =>
  `${design(id)}/aggregates/${encodeURIComponent(name)}/${encodeURIComponent(key)}`

interface Paging {
  readonly limit?: number
  readonly after?: string
}

/** Calls about designs, their aggregates, streams and read models. */
export const designsApi = {
  templates: () => request<Page<TemplateSummary>>('/api/templates'),
  list: (paging: Paging = {}) => request<Page<DesignSummary>>('/api/designs', { query: { ...paging } }),
  create: (body: { readonly template: string } | { readonly document: unknown }, idempotencyKey?: string) =>
    request<DesignAnswer>('/api/designs', {
      method: 'POST',
      body,
      headers: idempotencyKey ? { 'idempotency-key': idempotencyKey } : {},
    }),
  /** @param version an earlier version, as a run pinned it; without it the newest */
  get: (id: string, version?: number) => request<DesignAnswer>(design(id), { query: { version } }),
  /** @throws {ApiError} `STALE_VERSION` (412) with both versions when somebody saved in between */
  save: (id: string, version: number, document: Design) =>
    request<DesignAnswer>(design(id), {
      method: 'PUT',
      body: { document },
      headers: { 'if-match': `"${version}"` },
    }),
  /** @throws {ApiError} `DESIGN_HAS_RUNNING_RUNS` (409) unless `force` */
  delete: (id: string, force = false) =>
    request<void>(design(id), { method: 'DELETE', query: { force: force || undefined } }),
  problems: (id: string) => request<readonly ProblemAnswer[]>(`${design(id)}/problems`),

  sendCommand: (
    id: string,
    name: string,
    key: string,
    body: { readonly type: string; readonly payload: Json; readonly commandId?: string },
  ) => request<CommandAnswer>(`${aggregate(id, name, key)}/commands`, { method: 'POST', body }),
  commands: (
    id: string,
    name: string,
    key: string,
    query: Paging & { readonly order?: 'newest' | 'oldest' } = {},
  ) => request<Page<RecordedCommandAnswer>>(`${aggregate(id, name, key)}/commands`, { query: { ...query } }),
  state: (
    id: string,
    name: string,
    key: string,
    at: { readonly version?: number; readonly at?: number } = {},
  ) => request<AggregateState>(aggregate(id, name, key), { query: { ...at } }),
  streams: (id: string, query: Paging & { readonly prefix?: string } = {}) =>
    request<Page<StreamAnswer>>(`${design(id)}/streams`, { query: { ...query } }),
  streamEvents: (
    id: string,
    streamId: string,
    range: { readonly from?: number; readonly to?: number; readonly limit?: number } = {},
  ) =>
    request<Page<EventAnswer>>(`${design(id)}/streams/${encodeURIComponent(streamId)}/events`, {
      query: { ...range },
    }),
  events: (id: string, query: Paging = {}) =>
    request<Page<EventAnswer>>(`${design(id)}/events`, { query: { ...query } }),
  /** Those behind `after` that a filter takes, newest first. @param range.before what `next` said */
  eventsBackwards: (
    id: string,
    filter: LogFilter,
    range: { readonly limit: number; readonly before: string | undefined; readonly after: number },
  ) =>
    request<Page<EventAnswer>>(`${design(id)}/events`, {
      query: { ...queryOfFilter(filter), direction: 'backwards', ...range },
    }),

  /** Several things at one position of the log; without it, at the latest. */
  at: (
    id: string,
    query: {
      readonly position?: number | undefined
      readonly streams: readonly string[]
      readonly projections: readonly string[]
    },
  ) =>
    request<AtPosition>(`${design(id)}/at`, {
      query: {
        position: query.position,
        streams: query.streams.join(','),
        projections: query.projections.join(','),
      },
    }),
  /** Whole streams of an aggregate, those that changed last first. */
  history: (id: string, name: string, after?: string, signal?: AbortSignal) =>
    request<HistorySlice>(`${design(id)}/history/${encodeURIComponent(name)}`, {
      query: { after },
      ...(signal ? { signal } : {}),
    }),
  /** Instances of an aggregate with the commands that were put to them. */
  decisions: (id: string, name: string, after?: string, signal?: AbortSignal) =>
    request<DecisionSlice>(`${design(id)}/history/${encodeURIComponent(name)}/commands`, {
      query: { after },
      ...(signal ? { signal } : {}),
    }),
  /** Events of some types in order, from a position on. */
  eventHistory: (id: string, types: readonly string[], after: number, signal?: AbortSignal) =>
    request<EventHistory>(`${design(id)}/history`, {
      query: { types: types.join(','), after, limit: 500 },
      ...(signal ? { signal } : {}),
    }),
  causation: (id: string, position: number, limit?: number) =>
    request<CausationAnswer>(`${design(id)}/events/${position}/causation`, { query: { limit } }),

  /** All of them: a design has at most a hundred. */
  policies: (id: string) => request<Page<PolicyInfo>>(`${design(id)}/policies`, { query: { limit: 500 } }),
  policyAction: (id: string, policy: string, action: PolicyAction) =>
    request<PolicyInfo>(`${design(id)}/policies/${encodeURIComponent(policy)}/actions`, {
      method: 'POST',
      body: action,
    }),

  projections: (id: string) => request<Page<ProjectionInfo>>(`${design(id)}/projections`),
  rows: (
    id: string,
    name: string,
    query: Paging & { readonly filter?: string; readonly sort?: string } = {},
  ) =>
    request<Page<ProjectionRow>>(`${design(id)}/projections/${encodeURIComponent(name)}/rows`, {
      query: { ...query },
    }),
  projectionAction: (id: string, name: string, action: ProjectionAction) =>
    request<ProjectionInfo>(`${design(id)}/projections/${encodeURIComponent(name)}/actions`, {
      method: 'POST',
      body: action,
    }),
}
