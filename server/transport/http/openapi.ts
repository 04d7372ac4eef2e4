import { z } from 'zod'
import { problemDetailsSchema } from '@/core/protocol'
import { VERSION } from '../../queries/health'
import { noQuery } from './query'
import { answered, type Route, route } from './route'

/**
 * Shapes of what is sent (`input`) or answered (`output`). The one thing our schemas refer to is "any JSON", and a
 * reference inside a call would be looked up in the whole document: it is written out as what it is.
 */
const shape = (schema: z.ZodType, io: 'input' | 'output'): unknown => {
  const { $schema: _dialect, $defs: _any, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return JSON.parse(JSON.stringify(rest), (_key, value) =>
    typeof value === 'object' && value !== null && '$ref' in value ? { title: 'any JSON' } : value,
  )
}

interface Members {
  readonly properties?: Readonly<Record<string, { readonly default?: unknown }>>
}

/** Of a value that is read from text the shape of what is sent tells no default: that of what comes of it does. */
function queryParameters(query: z.ZodType): readonly unknown[] {
  const sent = (shape(query, 'input') as Members).properties ?? {}
  const read = (shape(query, 'output') as Members).properties ?? {}
  return Object.entries(sent).map(([name, schema]) => {
    const absent = read[name]?.default
    const withDefault = absent === undefined ? schema : { ...schema, default: absent }
    return { name, in: 'query', required: false, schema: withDefault }
  })
}

function operation(one: Route): unknown {
  const named = [...one.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const asked = one.query ? queryParameters(one.query) : []
  const headers = [
    ...(one.conditional
      ? [
          {
            name: 'If-Match',
            in: 'header',
            required: true,
            schema: { type: 'string' },
            description: 'The version that was opened',
          },
        ]
      : []),
    ...(one.method === 'GET'
      ? []
      : [
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: false,
            schema: { type: 'string' },
            description: 'The same key twice gives the first answer',
          },
        ]),
  ]
  const created = one.method === 'POST' && /\/(designs|runs|designs\/import|log)$/.test(one.path)
  return {
    summary: one.summary,
    parameters: [...named, ...asked, ...headers],
    ...(one.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: shape(one.body, 'input') } },
          },
        }
      : {}),
    ...(one.takes === undefined
      ? {}
      : { requestBody: { required: true, content: { [one.takes]: { schema: { type: 'string' } } } } }),
    responses: {
      [one.method === 'DELETE' ? '204' : created ? '201' : '200']: {
        description: 'Done',
        ...(one.gives === undefined ? {} : { content: { [one.gives]: { schema: { type: 'string' } } } }),
        ...(one.answer ? { content: { 'application/json': { schema: shape(one.answer, 'output') } } } : {}),
      },
      default: {
        description: 'A problem',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

/** The OpenAPI document of a table of routes, written from the schemas that check the calls. */
export function openApiDocument(calls: readonly Route[]): unknown {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const one of calls)
    paths[one.path] = { ...paths[one.path], [one.method.toLowerCase()]: operation(one) }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Saga Workbench',
      version: VERSION,
      description: 'Everything a person can do in the page, a program can do here.',
    },
    paths,
    components: { schemas: { Problem: shape(problemDetailsSchema, 'output') } },
  }
}

/** `GET /api/openapi.json`; the document is written once, when it is first asked for. */
export function openApiRoute(calls: readonly Route[]): Route {
  let document: unknown
  return route({
    method: 'GET',
    path: '/api/openapi.json',
    summary: 'This interface, as OpenAPI 3.1',
    query: noQuery,
    handle: () => {
      document ??= openApiDocument(calls)
      return answered(document)
    },
  })
}
