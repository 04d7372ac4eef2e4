import { z } from 'zod'
import {
  atPositionSchema,
  decisionSliceSchema,
  eventHistorySchema,
  historySliceSchema,
  whatIfAnswerSchema,
  whatIfSchema,
} from '@/core/protocol'
import { atPosition } from '../../queries/at-position'
import { aggregateDecisions, aggregateHistory, eventHistory } from '../../queries/history'
import { whatIf } from '../../queries/what-if'
import { afterPosition, positionQuery } from './query'
import { answered, type Route, route } from './route'

const param = (params: Readonly<Record<string, string>>, name: string): string => params[name] ?? ''
const design = '/api/designs/{id}'
const sliceRequest = (params: Readonly<Record<string, string>>, after: number | undefined) => ({
  designId: param(params, 'id'),
  aggregate: param(params, 'aggregate'),
  after,
})
/** Names with commas between; none when it is empty. */
const names = z
  .string()
  .max(4_000)
  .default('')
  .transform((text) => [...new Set(text.split(',').filter((name) => name !== ''))])

/** Looking back, and asking what would have been. Nothing here records anything. */
export const travelRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: `${design}/aggregates/{name}/{key}/what-if`,
    summary: 'What commands would do at a past state; nothing is recorded',
    body: whatIfSchema,
    answer: whatIfAnswerSchema,
    handle: async (wb, { params, body }) =>
      answered(await whatIf(wb, param(params, 'id'), param(params, 'name'), param(params, 'key'), body)),
  }),
  route({
    method: 'GET',
    path: `${design}/at`,
    summary: 'Aggregates, runs and read models at one position of the log',
    query: z.strictObject({ position: positionQuery.optional(), streams: names, projections: names }),
    answer: atPositionSchema,
    handle: async (wb, { params, query }) => answered(await atPosition(wb, param(params, 'id'), query)),
  }),
  route({
    method: 'GET',
    path: `${design}/history`,
    summary: 'Events of some types in order: what a read model is folded from',
    query: afterPosition.extend({ types: names }),
    answer: eventHistorySchema,
    handle: async (wb, { params, query }) => answered(await eventHistory(wb, param(params, 'id'), query)),
  }),
  route({
    method: 'GET',
    path: `${design}/history/{aggregate}`,
    summary: 'Whole streams of one aggregate, those that changed last first',
    query: z.strictObject({ after: positionQuery.optional() }),
    answer: historySliceSchema,
    handle: async (wb, { params, query }) =>
      answered(await aggregateHistory(wb, sliceRequest(params, query.after))),
  }),
  route({
    method: 'GET',
    path: `${design}/history/{aggregate}/commands`,
    summary: 'Instances of one aggregate with the commands that were put to them',
    query: z.strictObject({ after: positionQuery.optional() }),
    answer: decisionSliceSchema,
    handle: async (wb, { params, query }) =>
      answered(await aggregateDecisions(wb, sliceRequest(params, query.after))),
  }),
]
