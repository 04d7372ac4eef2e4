import { z } from 'zod'
import { causationSchema, policyActionSchema, policyInfoSchema, wholeQuery } from '@/core/protocol'
import { actOnPolicy } from '../../commands/policies'
import { LIMITS } from '../../limits'
import { causation } from '../../queries/causation'
import { listPolicies } from '../../queries/policies'
import { afterId } from './query'
import { answered, type Route, route } from './route'
import { pageOf } from './routes-designs'

/** Policies, and what led to what. */
export const causeRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/designs/{id}/policies',
    summary: 'Policies: status, lag, recent deliveries',
    query: afterId,
    answer: pageOf(policyInfoSchema),
    handle: async (wb, { params, query }) => answered(await listPolicies(wb, params.id ?? '', query)),
  }),
  route({
    method: 'POST',
    path: '/api/designs/{id}/policies/{policy}/actions',
    summary: 'Pause and resume; retry or skip the event it stopped at',
    body: policyActionSchema,
    answer: policyInfoSchema,
    handle: async (wb, { params, body }) =>
      answered(await actOnPolicy(wb, params.id ?? '', params.policy ?? '', body)),
  }),
  route({
    method: 'GET',
    path: '/api/designs/{id}/events/{position}/causation',
    summary: 'What led to an event and what followed from it',
    query: z.strictObject({
      limit: wholeQuery({ least: 2, most: LIMITS.causationMost }).default(LIMITS.causationDefault),
    }),
    answer: causationSchema,
    handle: async (wb, { params, query }) => {
      const position = Number(params.position)
      return answered(
        await causation(wb, params.id ?? '', Number.isSafeInteger(position) ? position : 0, query),
      )
    },
  }),
]
