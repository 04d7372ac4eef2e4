import { z } from 'zod'
import {
  archiveRunSchema,
  forkRunSchema,
  recordedEventSchema,
  rehearsedSchema,
  rehearseSchema,
  runActionSchema,
  runAnswerSchema,
  runEndingSchema,
  runStatusSchema,
  runSummarySchema,
  secondsQuery,
  startRunSchema,
} from '@/core/protocol'
import { forkRun } from '../../commands/fork-run'
import { actOnRun, archiveRun, awaitRun, startRun } from '../../commands/runs'
import { LIMITS } from '../../limits'
import { rehearseRuns } from '../../queries/rehearse'
import { listRuns, readRun, runEvents } from '../../queries/runs'
import { afterId, afterPosition, noQuery, positionQuery } from './query'
import { answered, type Route, route } from './route'
import { pageOf } from './routes-designs'

const startedSchema = z.object({ id: z.string() })

const id = (params: Readonly<Record<string, string>>): string => params.id ?? ''

export const runRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/designs/{id}/runs',
    summary: 'Start a run, and wait for its end when asked to',
    query: z.strictObject({
      /** Seconds to wait for its end. */
      wait: secondsQuery(LIMITS.runWaitMs / 1_000).optional(),
    }),
    body: startRunSchema,
    answer: runEndingSchema.partial().required({ id: true }),
    handle: async (wb, { params, body }) => {
      const run = await startRun(wb, id(params), body)
      return answered(run, 201, { location: `/api/runs/${run.id}` })
    },
    afterwards: async (wb, { params, query }, answer) => {
      if (query.wait === undefined) return answer
      const run = startedSchema.parse(answer.body)
      return { ...answer, body: await awaitRun(wb, id(params), run.id, query.wait * 1_000) }
    },
  }),
  route({
    method: 'GET',
    path: '/api/runs',
    summary: 'Runs, newest first; archived ones only when asked for',
    query: afterId.extend({
      design: z.string().optional(),
      saga: z.string().optional(),
      status: runStatusSchema.optional(),
      archived: z
        .enum(['true', 'false'])
        .transform((text) => text === 'true')
        .optional(),
      /** Only runs that somebody has to see to. */
      needs: z.literal('person').optional(),
    }),
    answer: pageOf(runSummarySchema),
    handle: async (wb, { query }) => answered(await listRuns(wb, query)),
  }),
  route({
    method: 'GET',
    path: '/api/runs/{id}',
    summary: 'A run now, or as of its event seq',
    query: z.strictObject({ seq: positionQuery.optional() }),
    answer: runAnswerSchema,
    handle: async (wb, { params, query }) => answered(await readRun(wb, id(params), query.seq)),
  }),
  route({
    method: 'GET',
    path: '/api/runs/{id}/events',
    summary: 'The events of a run',
    query: afterPosition,
    answer: pageOf(recordedEventSchema),
    handle: async (wb, { params, query }) => answered(await runEvents(wb, id(params), query)),
  }),
  route({
    method: 'POST',
    path: '/api/runs/{id}/archive',
    summary: 'Take an ended run out of the list, or put it back',
    query: noQuery,
    body: archiveRunSchema,
    answer: runSummarySchema,
    handle: async (wb, { params, body }) => answered(await archiveRun(wb, id(params), body.archived)),
  }),
  route({
    method: 'POST',
    path: '/api/runs/{id}/actions',
    summary: 'What a person does to a run: pause, step, retry, decide, break …',
    query: noQuery,
    body: runActionSchema,
    answer: runAnswerSchema,
    handle: async (wb, { params, body }) => answered(await actOnRun(wb, id(params), body)),
  }),
  route({
    method: 'POST',
    path: '/api/runs/{id}/fork',
    summary: 'A new run from an event of this one, with other data, faults or a newer design',
    query: noQuery,
    body: forkRunSchema,
    answer: z.object({ id: z.string(), seq: z.number().int() }),
    handle: async (wb, { params, body }) => {
      const forked = await forkRun(wb, id(params), body)
      return answered(forked, 201, { location: `/api/runs/${forked.id}` })
    },
  }),
  route({
    method: 'POST',
    path: '/api/designs/{id}/rehearse',
    summary: 'Which runs would have gone another way under a version of the design',
    query: noQuery,
    body: rehearseSchema,
    answer: rehearsedSchema,
    handle: async (wb, { params, body }) => answered(await rehearseRuns(wb, id(params), body)),
  }),
]
