import { headerProblem } from '../http/headers'
import { parseTemplate, type TemplatePart } from '../http/template'
import { readHttpUrl } from '../http/url'
import type { JsonObject } from '../json'
import { isJsonObject } from '../json'
import type { Design } from './document'
import type { HttpCall } from './http'
import { type Problem, problem } from './problem'
import type { DesignPath } from './program'
import type { Operation } from './service'

/** HTTP_URL_INVALID, HTTP_UNKNOWN_PARAM, HTTP_HEADER_INVALID, HTTP_UNKNOWN_ERROR: what can be told of a real call. */
export function lintHttp(design: Design): readonly Problem[] {
  return design.services.flatMap((service, at) =>
    service.operations.flatMap((operation, index) => {
      const path = ['services', at, 'operations', index]
      const { http } = operation
      if (http === undefined) return []
      return [
        ...url(operation, http, [...path, 'http', 'url']),
        ...headers(http, [...path, 'http', 'headers', 'fields']),
        ...mappings(operation, http, path),
      ]
    }),
  )
}

function url(operation: Operation, http: HttpCall, path: DesignPath): readonly Problem[] {
  if (http.url.type === 'code') return []
  const place = [...path, 'template']
  const parts = parseTemplate(http.url.template)
  if (!parts.ok) return [problem('HTTP_URL_INVALID', 'error', place, parts.error)]
  // Any value will do to see whether the rest is an address: only what stands still is judged.
  const filled = parts.value.map((part) => (part.type === 'text' ? part.text : '1')).join('')
  const read = readHttpUrl(filled)
  if (!read.ok) return [problem('HTTP_URL_INVALID', 'error', place, read.error)]
  return unknownParams(operation.inputSchema, parts.value).map((name) =>
    problem(
      'HTTP_UNKNOWN_PARAM',
      'warning',
      place,
      `the input schema has no "${name}" to put into the address`,
    ),
  )
}

/** Params whose first part the schema does not name; a schema that names nothing accepts everything. */
function unknownParams(schema: JsonObject | undefined, parts: readonly TemplatePart[]): readonly string[] {
  const properties = schema?.properties
  if (!isJsonObject(properties)) return []
  const names = parts.flatMap((part) => (part.type === 'param' ? [part.path[0] ?? ''] : []))
  return [...new Set(names)].filter((name) => !Object.hasOwn(properties, name))
}

function headers(http: HttpCall, path: DesignPath): readonly Problem[] {
  if (http.headers?.type !== 'fixed') return []
  const seen = new Set<string>()
  return http.headers.fields.flatMap(({ name, value }, at) => {
    const twice = seen.has(name.toLowerCase()) ? `the header ${name} is set twice` : undefined
    seen.add(name.toLowerCase())
    const wrong = headerProblem(name, value) ?? twice
    return wrong === undefined ? [] : problem('HTTP_HEADER_INVALID', 'error', [...path, at], wrong)
  })
}

function mappings(operation: Operation, http: HttpCall, path: DesignPath): readonly Problem[] {
  const named = new Set(operation.errors.map(({ name }) => name))
  return http.errors.flatMap(({ error }, at) =>
    named.has(error)
      ? []
      : problem(
          'HTTP_UNKNOWN_ERROR',
          'error',
          [...path, 'http', 'errors', at, 'error'],
          `"${operation.name ?? operation.id}" names no error "${error}"`,
          {
            title: `Name the error "${error}"`,
            patch: [
              { op: 'add', path: [...path, 'errors', operation.errors.length], value: { name: error } },
            ],
          },
        ),
  )
}
