import { z } from 'zod'
import {
  askQuerySchema,
  checksAnswerSchema,
  projectionActionSchema,
  projectionInfoSchema,
  queryAnswerSchema,
  rowsAnswerSchema,
  runChecksSchema,
} from '@/core/protocol'
import { actOnProjection } from '../../commands/projections'
import { LIMITS } from '../../limits'
import { runChecks } from '../../queries/checks/run-checks'
import { askQuery } from '../../queries/projection-query'
import { projectionRows } from '../../queries/projection-rows'
import { listProjections } from '../../queries/projections'
import { afterId, atLeastQuery, jsonQuery, limitQuery } from './query'
import { answered, type Route, route } from './route'
import { pageOf } from './routes-designs'

const param = (params: Readonly<Record<string, string>>, name: string): string => params[name] ?? ''
const projections = '/api/designs/{id}/projections'
const query = `${projections}/{name}/queries/{query}`

/** A place among sorted rows is longer than an id: it holds the values that the rows are sorted by. */
const CURSOR_CHARS = 8_000

/** Read models. */
export const projectionRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: projections,
    summary: 'Projections: checkpoint, lag, status',
    query: afterId,
    answer: pageOf(projectionInfoSchema),
    handle: async (wb, { params, query }) => answered(await listProjections(wb, param(params, 'id'), query)),
  }),
  route({
    method: 'GET',
    path: `${projections}/{name}/rows`,
    summary: 'Rows of a projection: filtered, sorted, and at least as new as a position',
    query: z.strictObject({
      limit: limitQuery,
      after: z.string().min(1).max(CURSOR_CHARS).optional(),
      filter: z.string().max(LIMITS.filterChars).optional(),
      sort: z.string().max(LIMITS.filterChars).optional(),
      ...atLeastQuery,
    }),
    answer: rowsAnswerSchema,
    handle: async (wb, { params, query }) =>
      answered(await projectionRows(wb, param(params, 'id'), param(params, 'name'), query)),
  }),
  route({
    method: 'GET',
    path: query,
    summary: 'Ask a query handler; its parameters are JSON',
    query: z.strictObject({ params: jsonQuery.default({}), ...atLeastQuery }),
    answer: queryAnswerSchema,
    handle: async (wb, { params, query }) =>
      answered(await askQuery(wb, param(params, 'id'), param(params, 'name'), param(params, 'query'), query)),
  }),
  route({
    method: 'POST',
    path: query,
    summary: 'Ask a query handler',
    query: z.strictObject(atLeastQuery),
    body: askQuerySchema,
    answer: queryAnswerSchema,
    handle: async (wb, { params, query, body }) =>
      answered(
        await askQuery(wb, param(params, 'id'), param(params, 'name'), param(params, 'query'), {
          ...query,
          ...body,
        }),
      ),
  }),
  route({
    method: 'POST',
    path: `${projections}/{name}/actions`,
    summary: 'Rebuild, pause, resume, skip, delay',
    body: projectionActionSchema,
    answer: projectionInfoSchema,
    handle: async (wb, { params, body }) =>
      answered(await actOnProjection(wb, param(params, 'id'), param(params, 'name'), body)),
  }),
  route({
    method: 'POST',
    path: '/api/designs/{id}/checks',
    summary: 'Put the recorded data to the test: command, query, snapshot and event-sourcing consistency',
    body: runChecksSchema,
    answer: checksAnswerSchema,
    handle: async (wb, { params, body }) => answered(await runChecks(wb, param(params, 'id'), body.checks)),
  }),
]
