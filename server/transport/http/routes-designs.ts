import { z } from 'zod'
import { designJsonSchema } from '@/core/design/document'
import {
  createDesignSchema,
  designAnswerSchema,
  designSummarySchema,
  problemSchema,
  saveDesignSchema,
  templateSummarySchema,
  wholeQuery,
} from '@/core/protocol'
import { createDesign, deleteDesign, saveDesign } from '../../commands/designs'
import { LIMITS } from '../../limits'
import { designProblems, getDesign, listDesigns, listTemplates } from '../../queries/designs'
import { health } from '../../queries/health'
import { afterId, flag, noQuery, positionQuery } from './query'
import { answered, type Route, route } from './route'

const etag = (version: number) => ({ etag: `"${version}"` })
const id = (params: Readonly<Record<string, string>>): string => params.id ?? ''
export const pageOf = (item: z.ZodType) => z.object({ items: z.array(item), next: z.string().nullable() })

export const designRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/health',
    summary: 'Whether it can serve',
    query: noQuery,
    answer: z.object({
      status: z.enum(['ok', 'degraded']),
      version: z.string(),
      store: z.string(),
      head: z.number().int(),
      fault: z.object({ code: z.string(), message: z.string(), since: z.number() }).nullable(),
    }),
    handle: async (wb) => answered(await health(wb)),
  }),
  route({
    method: 'GET',
    path: '/api/templates',
    summary: 'The example designs',
    query: afterId,
    answer: pageOf(templateSummarySchema),
    handle: (_wb, { query }) => answered(listTemplates(query)),
  }),
  route({
    method: 'GET',
    path: '/api/design-schema.json',
    summary: 'The JSON Schema of a design document',
    query: noQuery,
    handle: () => answered(designJsonSchema()),
  }),
  route({
    method: 'GET',
    path: '/api/designs',
    summary: 'Designs, newest first',
    query: afterId,
    answer: pageOf(designSummarySchema),
    handle: async (wb, { query }) => answered(await listDesigns(wb, query)),
  }),
  route({
    method: 'POST',
    path: '/api/designs',
    summary: 'Create a design from a template or a document',
    body: createDesignSchema,
    answer: designAnswerSchema,
    handle: async (wb, { body }) => {
      const design = await createDesign(wb, body)
      return answered(design, 201, { ...etag(design.version), location: `/api/designs/${design.id}` })
    },
  }),
  route({
    method: 'GET',
    path: '/api/designs/{id}',
    summary: 'A design, now or as of a version',
    query: z.strictObject({ version: wholeQuery({ least: 1 }).optional() }),
    answer: designAnswerSchema,
    handle: async (wb, { params, query }) => {
      const design = await getDesign(wb, id(params), query.version)
      return answered(design, 200, etag(design.version))
    },
  }),
  route({
    method: 'PUT',
    path: '/api/designs/{id}',
    summary: 'Save a design, on condition that nobody saved in between',
    body: saveDesignSchema,
    conditional: true,
    answer: designAnswerSchema,
    handle: async (wb, { params, body, ifMatch }) => {
      const design = await saveDesign(wb, id(params), ifMatch, body.document)
      return answered(design, 200, etag(design.version))
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/designs/{id}',
    summary: 'Delete a design; with running runs only when forced',
    query: z.strictObject({ force: flag.optional() }),
    handle: async (wb, { params, query }) => {
      await deleteDesign(wb, id(params), query.force ?? false)
      return answered(null, 204)
    },
  }),
  route({
    method: 'GET',
    path: '/api/designs/{id}/problems',
    summary: 'The lint: all of it, or with `limit` so many `after` so many',
    query: z.strictObject({
      limit: wholeQuery({ least: 1, most: LIMITS.listMost }).optional(),
      after: positionQuery.optional(),
    }),
    answer: z.array(problemSchema),
    handle: async (wb, { params, query }) => answered(await designProblems(wb, id(params), query)),
  }),
]
