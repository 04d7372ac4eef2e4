import { z } from 'zod'
import {
  filterOf,
  logExtentSchema,
  logFilterQuery,
  logMatchesSchema,
  rankedEventsSchema,
  recordedEventSchema,
} from '@/core/protocol'
import { LIMITS } from '../../limits'
import { designEvents, logExtent, logMatches, rankedEvents } from '../../queries/log'
import { limitQuery, positionQuery } from './query'
import { answered, type Route, route } from './route'
import { pageOf } from './routes-designs'

const id = (params: Readonly<Record<string, string>>): string => params.id ?? ''

const positionsQuery = z
  .string()
  .regex(/^\d{1,15}(,\d{1,15})*$/, 'positions with commas between them')
  .transform((text) => text.split(',').map(Number))
  .refine((all) => all.length <= LIMITS.logPositions, `at most ${LIMITS.logPositions} positions`)

/** A design's log: in order, by place, and what a filter takes of it. */
export const logRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/designs/{id}/events',
    summary: "The design's log in order, either way, perhaps filtered; `next` goes on as `after` or `before`",
    query: logFilterQuery.extend({
      limit: limitQuery,
      after: positionQuery.optional(),
      before: positionQuery.optional(),
      direction: z.enum(['forwards', 'backwards']).default('forwards'),
    }),
    answer: pageOf(recordedEventSchema),
    handle: async (wb, { params, query }) => {
      const { limit, after, before, direction, ...filter } = query
      return answered(
        await designEvents(wb, id(params), { limit, after, before, direction, filter: filterOf(filter) }),
      )
    },
  }),
  route({
    method: 'GET',
    path: '/api/designs/{id}/log',
    summary: 'How far the log reaches, and where in it a position or a time stands',
    query: z.strictObject({ position: positionQuery.optional(), time: positionQuery.optional() }),
    answer: logExtentSchema,
    handle: async (wb, { params, query }) => answered(await logExtent(wb, id(params), query)),
  }),
  route({
    method: 'GET',
    path: '/api/designs/{id}/log/events',
    summary: 'Events by place: from the rank-th on, or those at the positions named',
    query: z.strictObject({
      rank: positionQuery.default(0),
      limit: limitQuery,
      positions: positionsQuery.optional(),
    }),
    answer: rankedEventsSchema,
    handle: async (wb, { params, query }) => answered(await rankedEvents(wb, id(params), query)),
  }),
  route({
    method: 'GET',
    path: '/api/designs/{id}/log/matches',
    summary: 'Positions of the events that a filter takes, part of the log by part',
    query: logFilterQuery.extend({ after: positionQuery.default(0) }),
    answer: logMatchesSchema,
    handle: async (wb, { params, query }) => {
      const { after, ...filter } = query
      return answered(await logMatches(wb, id(params), { after, filter: filterOf(filter) }))
    },
  }),
]
