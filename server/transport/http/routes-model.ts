import { z } from 'zod'
import {
  aggregateStateSchema,
  commandAnswerSchema,
  projectionActionSchema,
  projectionInfoSchema,
  recordedEventSchema,
  rowSchema,
  sendCommandSchema,
  streamInfoSchema,
  whatIfAnswerSchema,
  whatIfSchema,
} from '@/core/protocol'
import { sendCommand } from '../../commands/aggregates'
import { actOnProjection } from '../../commands/projections'
import { aggregateState, whatIf } from '../../queries/aggregates'
import { listStreams, streamEvents } from '../../queries/events'
import { listProjections, projectionRows } from '../../queries/projections'
import { afterId, limitQuery, noQuery, positionQuery } from './query'
import { answered, type Route, route } from './route'
import { pageOf } from './routes-designs'

const param = (params: Readonly<Record<string, string>>, name: string): string => params[name] ?? ''
const aggregate = '/api/designs/{id}/aggregates/{name}/{key}'
const projection = '/api/designs/{id}/projections'

/** Aggregates, streams and projections. */
export const modelRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: `${aggregate}/commands`,
    summary: 'Send a command to an aggregate',
    body: sendCommandSchema,
    answer: commandAnswerSchema,
    handle: async (wb, { params, body }) =>
      answered(await sendCommand(wb, param(params, 'id'), param(params, 'name'), param(params, 'key'), body)),
  }),
  route({
    method: 'GET',
    path: aggregate,
    summary: 'The state of an aggregate now, at a version or at a time',
    query: z.strictObject({ version: positionQuery.optional(), at: positionQuery.optional() }),
    answer: aggregateStateSchema,
    handle: async (wb, { params, query }) =>
      answered(
        await aggregateState(wb, param(params, 'id'), param(params, 'name'), param(params, 'key'), query),
      ),
  }),
  route({
    method: 'POST',
    path: `${aggregate}/what-if`,
    summary: 'What commands would do at a past state; nothing is recorded',
    body: whatIfSchema,
    answer: whatIfAnswerSchema,
    handle: async (wb, { params, body }) =>
      answered(await whatIf(wb, param(params, 'id'), param(params, 'name'), param(params, 'key'), body)),
  }),
  route({
    method: 'GET',
    path: '/api/designs/{id}/streams',
    summary: 'Streams, newest activity first',
    query: z.strictObject({
      limit: limitQuery,
      after: positionQuery.optional(),
      prefix: z.string().max(200).optional(),
    }),
    answer: pageOf(streamInfoSchema),
    handle: async (wb, { params, query }) => answered(await listStreams(wb, param(params, 'id'), query)),
  }),
  route({
    method: 'GET',
    path: '/api/designs/{id}/streams/{streamId}/events',
    summary: 'One stream',
    query: z.strictObject({
      limit: limitQuery,
      from: positionQuery.min(1).default(1),
      to: positionQuery.optional(),
      after: positionQuery.default(0),
    }),
    answer: pageOf(recordedEventSchema),
    handle: async (wb, { params, query }) =>
      answered(await streamEvents(wb, param(params, 'id'), param(params, 'streamId'), query)),
  }),
  route({
    method: 'GET',
    path: projection,
    summary: 'Projections: checkpoint, lag, status',
    query: noQuery,
    answer: pageOf(projectionInfoSchema),
    handle: async (wb, { params }) => answered(await listProjections(wb, param(params, 'id'))),
  }),
  route({
    method: 'GET',
    path: `${projection}/{name}/rows`,
    summary: 'Rows of a projection',
    query: afterId.extend({ filter: z.string().max(500).optional(), sort: z.string().max(100).optional() }),
    answer: pageOf(rowSchema),
    handle: async (wb, { params, query }) =>
      answered(await projectionRows(wb, param(params, 'id'), param(params, 'name'), query)),
  }),
  route({
    method: 'POST',
    path: `${projection}/{name}/actions`,
    summary: 'Rebuild, pause, resume, skip, delay',
    body: projectionActionSchema,
    answer: projectionInfoSchema,
    handle: async (wb, { params, body }) =>
      answered(await actOnProjection(wb, param(params, 'id'), param(params, 'name'), body)),
  }),
]
