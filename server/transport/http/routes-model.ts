import { z } from 'zod'
import { STREAM_ID_CHARS } from '@/core/log/stream-id'
import {
  aggregateStateSchema,
  commandAnswerSchema,
  recordedCommandSchema,
  recordedEventSchema,
  sendCommandSchema,
  streamInfoSchema,
  wholeQuery,
} from '@/core/protocol'
import { sendCommand } from '../../commands/aggregates'
import { aggregateState } from '../../queries/aggregates'
import { listCommands } from '../../queries/commands'
import { listStreams, streamEvents } from '../../queries/events'
import { limitQuery, positionQuery } from './query'
import { answered, type Route, route } from './route'
import { pageOf } from './routes-designs'

const param = (params: Readonly<Record<string, string>>, name: string): string => params[name] ?? ''
const aggregate = '/api/designs/{id}/aggregates/{name}/{key}'

/** Aggregates and streams. */
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
    path: `${aggregate}/commands`,
    summary: 'Commands that were put to an aggregate, and what they were answered',
    query: z.strictObject({
      limit: limitQuery,
      order: z.enum(['newest', 'oldest']).default('newest'),
      after: positionQuery.optional(),
    }),
    answer: pageOf(recordedCommandSchema),
    handle: async (wb, { params, query }) =>
      answered(
        await listCommands(wb, param(params, 'id'), param(params, 'name'), param(params, 'key'), query),
      ),
  }),
  route({
    method: 'GET',
    path: aggregate,
    summary: 'The state of an aggregate now, at a version or at a time',
    query: z
      .strictObject({ version: positionQuery.optional(), at: positionQuery.optional() })
      .refine(({ version, at }) => version === undefined || at === undefined, 'give version or at, not both'),
    answer: aggregateStateSchema,
    handle: async (wb, { params, query }) =>
      answered(
        await aggregateState(wb, param(params, 'id'), param(params, 'name'), param(params, 'key'), query),
      ),
  }),
  route({
    method: 'GET',
    path: '/api/designs/{id}/streams',
    summary: 'Streams, newest activity first',
    query: z.strictObject({
      limit: limitQuery,
      after: positionQuery.optional(),
      prefix: z.string().max(STREAM_ID_CHARS).optional(),
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
      from: wholeQuery({ least: 1 }).default(1),
      to: positionQuery.optional(),
      after: positionQuery.default(0),
    }),
    answer: pageOf(recordedEventSchema),
    handle: async (wb, { params, query }) =>
      answered(await streamEvents(wb, param(params, 'id'), param(params, 'streamId'), query)),
  }),
]
