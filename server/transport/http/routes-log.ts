import { z } from 'zod'
import {
  filterOf,
  importAnswerSchema,
  logExtentSchema,
  logFilterQuery,
  logMatchesSchema,
  rankedEventsSchema,
  recordedEventSchema,
} from '@/core/protocol'
import { importLog } from '../../commands/import-log'
import { LIMITS } from '../../limits'
import { exportLog } from '../../queries/export-log'
import { designEvents, logExtent, logMatches, rankedEvents } from '../../queries/log'
import { limitQuery, noQuery, positionQuery } from './query'
import { answered, type Route, route } from './route'
import { pageOf } from './routes-designs'

const id = (params: Readonly<Record<string, string>>): string => params.id ?? ''

const positionsQuery = z
  .string()
  .regex(/^\d{1,15}(,\d{1,15})*$/, 'positions with commas between them')
  .transform((text) => text.split(',').map(Number))
  .refine((all) => all.length <= LIMITS.logPositions, `at most ${LIMITS.logPositions} positions`)

const NDJSON = 'application/x-ndjson'

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
    query: z
      .strictObject({ position: positionQuery.optional(), time: positionQuery.optional() })
      .refine(
        ({ position, time }) => position === undefined || time === undefined,
        'give position or time, not both',
      ),
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
  route({
    method: 'GET',
    path: '/api/designs/{id}/log.ndjson',
    summary: 'The log as a file, perhaps filtered: a header, the design, then an event a line',
    query: logFilterQuery,
    gives: NDJSON,
    handle: async (wb, { params, query }) => {
      const { fileName, lines } = await exportLog(wb, id(params), filterOf(query))
      const headers = { 'content-disposition': `attachment; filename="${fileName}"` }
      return { ...answered(null, 200, headers), stream: { type: NDJSON, chunks: lines } }
    },
  }),
  route({
    method: 'POST',
    path: '/api/designs/{id}/log',
    summary: 'Import a log into a design in which nothing has happened: all of it, or nothing',
    query: noQuery,
    takes: NDJSON,
    answer: importAnswerSchema,
    handle: async (wb, { params, upload }) => answered(await importLog(wb, id(params), upload), 201),
  }),
  route({
    method: 'POST',
    path: '/api/designs/import',
    summary: 'Import a log together with its design: all of it, or nothing',
    query: noQuery,
    takes: NDJSON,
    answer: importAnswerSchema,
    handle: async (wb, { upload }) => {
      const imported = await importLog(wb, null, upload)
      return answered(imported, 201, { location: `/api/designs/${imported.id}` })
    },
  }),
]
