import { describe, expect, test } from 'vitest'
import { anchorOf, curlOf, groupsOf, searchCalls } from './calls'
import { openApiSchema, type Schema } from './openapi'
import { insideOf, limitWords, typeWords } from './schema-words'

const anyJson: Schema = {
  anyOf: [
    ...['string', 'number', 'boolean', 'null'].map((type) => ({ type })),
    { type: 'array', items: { $ref: '#/$defs/json' } },
    { type: 'object', additionalProperties: { $ref: '#/$defs/json' } },
  ],
}
const body: Schema = {
  type: 'object',
  properties: {
    saga: { type: 'string', minLength: 1, maxLength: 64 },
    mode: { type: 'string', enum: ['live', 'virtual'], default: 'live' },
    input: { type: 'object', additionalProperties: { $ref: '#/$defs/json' } },
    data: { $ref: '#/$defs/json' },
    faults: {
      type: 'array',
      items: {
        oneOf: [
          { type: 'object', properties: { type: { const: 'error' } }, required: ['type'] },
          {
            type: 'object',
            properties: { type: { const: 'latency' }, ms: { type: 'integer' } },
            required: ['type'],
          },
        ],
      },
    },
    next: { anyOf: [{ type: 'string' }, { type: 'null' }] },
  },
  required: ['saga'],
  $defs: { json: anyJson },
}
const document = openApiSchema.parse({
  info: { title: 'Saga Workbench', version: '1' },
  paths: {
    '/api/health': { get: { summary: 'Whether it can serve', responses: { 200: {} } } },
    '/api/designs/{id}': {
      put: {
        summary: 'Save a design',
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'If-Match', in: 'header', required: true, schema: { type: 'string' } },
        ],
        requestBody: { content: { 'application/json': { schema: body } } },
        responses: { 200: { content: { 'application/json': { schema: body } } }, default: {} },
      },
    },
    '/api/designs/{id}/runs': { post: { summary: 'Start a run', responses: { 201: {} } } },
    '/api/designs/import': {
      post: {
        summary: 'Import',
        requestBody: { content: { 'application/x-ndjson': { schema: { type: 'string' } } } },
        responses: { 201: {} },
      },
    },
    '/api/designs/{id}/aggregates/{name}/{key}': { get: { summary: 'State', responses: { 200: {} } } },
  },
  components: { schemas: { Problem: { type: 'object' } } },
})
const groups = groupsOf(document)
const names = (found: typeof groups) => found.map(({ name, calls }) => [name, calls.map(({ id }) => id)])

describe('the calls', () => {
  test('are grouped by what they are about', () => {
    expect(names(groups)).toEqual([
      ['Designs', ['put-designs-id', 'post-designs-import']],
      ['Runs', ['post-designs-id-runs']],
      ['Aggregates', ['get-designs-id-aggregates-name-key']],
      ['Server', ['get-health']],
    ])
  })

  test('have anchors that tell them apart', () => {
    expect(anchorOf('get', '/api/openapi.json')).toBe('get-openapi-json')
    const ids = groups.flatMap(({ calls }) => calls.map(({ id }) => id))
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('are found by every word of a search, wherever it stands', () => {
    expect(names(searchCalls(groups, 'if-match SAVE'))).toEqual([['Designs', ['put-designs-id']]])
    expect(searchCalls(groups, 'save nothing')).toEqual([])
    expect(searchCalls(groups, '  ')).toBe(groups)
  })

  test('become a line for a shell with what must be filled in', () => {
    const [save, file, start, , health] = groups.flatMap(({ calls }) => calls)
    if (!save || !file || !start || !health) throw new Error('calls are missing')
    expect(curlOf(save, 'http://h')).toBe(
      "curl -X PUT 'http://h/api/designs/{id}' -H 'If-Match: …' -H 'content-type: application/json' -d '{…}'",
    )
    expect(curlOf(file, 'http://h')).toBe(
      "curl -X POST 'http://h/api/designs/import' -H 'content-type: application/x-ndjson' -T FILE",
    )
    expect(curlOf(start, 'http://h')).toBe("curl -X POST 'http://h/api/designs/{id}/runs'")
    expect(curlOf(health, '')).toBe("curl '/api/health'")
  })
})

describe('a schema', () => {
  const field = (name: string): Schema => body.properties?.[name] ?? {}

  test('is told in a few words', () => {
    expect(typeWords(field('saga'), body)).toBe('string')
    expect(typeWords(field('mode'), body)).toBe('"live" | "virtual"')
    expect(typeWords(field('data'), body)).toBe('JSON')
    expect(typeWords(field('next'), body)).toBe('string or null')
    expect(typeWords(field('faults'), body)).toBe('list of object')
  })

  test('tells what narrows it, and no bound of the number format itself', () => {
    expect(limitWords(field('saga'), body)).toEqual(['1 to 64 characters'])
    expect(limitWords(field('mode'), body)).toEqual(['default "live"'])
    const safe = { type: 'integer', minimum: -Number.MAX_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }
    expect(limitWords(safe, safe)).toEqual([])
  })

  test('opens into fields, alternatives by what tells them apart, and any JSON not at all', () => {
    expect(insideOf(body, body).map(({ label, required }) => [label, required])).toEqual([
      ['saga', true],
      ['mode', false],
      ['input', false],
      ['data', false],
      ['faults', false],
      ['next', false],
    ])
    expect(insideOf(field('faults'), body).map(({ label }) => label)).toEqual([
      'type: "error"',
      'type: "latency"',
    ])
    expect(insideOf(field('input'), body)).toEqual([])
    expect(insideOf(field('data'), body)).toEqual([])
  })
})
