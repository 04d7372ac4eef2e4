import { z } from 'zod'
import { DESIGN_LIMITS } from './limits'
import { codeSchema, typeNameSchema } from './primitives'

/** One status, or all of a hundred: `404`, `"5xx"`. */
export const httpStatusSchema = z.union([
  z.number().int().min(100).max(599),
  z.enum(['1xx', '2xx', '3xx', '4xx', '5xx']),
])

/** Where a request goes. In a template each `{path}` is taken from the input and percent-encoded. */
export const httpUrlSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('template'), template: z.string().max(DESIGN_LIMITS.urlChars) }),
  /** `(input, ctx) => url` */
  z.strictObject({ type: z.literal('code'), code: codeSchema }),
])

export const httpHeadersSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('fixed'),
    fields: z
      .array(z.strictObject({ name: z.string().max(200), value: z.string().max(4_000) }))
      .max(DESIGN_LIMITS.headers),
  }),
  /** `(input, ctx) => ({ name: value })` */
  z.strictObject({ type: z.literal('code'), code: codeSchema }),
])

export const httpBodySchema = z.discriminatedUnion('type', [
  /** The input, as JSON. */
  z.strictObject({ type: z.literal('input') }),
  z.strictObject({ type: z.literal('none') }),
  /** `(input, ctx) => body`, sent as JSON */
  z.strictObject({ type: z.literal('code'), code: codeSchema }),
])

/** Which answers mean which error of the operation's contract. */
export const httpErrorMappingSchema = z.strictObject({
  status: httpStatusSchema,
  /** Only when the answer's JSON has this text (or number) at `errorCodePath`. */
  code: z.string().min(1).max(200).optional(),
  error: typeNameSchema,
})

/**
 * A real HTTP call. Which errors it may end with, and of what kind each is, the operation's `errors` say; how likely
 * a simulated call would meet them means nothing here.
 * @see docs/semantics.md#real-calls
 */
export const httpCallSchema = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('POST'),
  url: httpUrlSchema,
  headers: httpHeadersSchema.optional(),
  /** Without it: the input for POST, PUT and PATCH, nothing for GET and DELETE. */
  body: httpBodySchema.optional(),
  /** Statuses that are a success. */
  expectStatuses: z.array(httpStatusSchema).min(1).max(20).default(['2xx']),
  /** Looked at before `expectStatuses`: the first that matches decides. */
  errors: z.array(httpErrorMappingSchema).max(DESIGN_LIMITS.errorsPerOperation).default([]),
  /** Where in the answer's JSON its error code stands: `code`, `error.type`. */
  errorCodePath: z.string().min(1).max(200).default('code'),
  /** From the first look for the host to the last byte, on the clock on the wall; the server has a longest. */
  timeoutMs: z.number().int().min(1).max(DESIGN_LIMITS.httpTimeoutMs).optional(),
  /** How many redirects are followed; 0 takes a redirect for the answer. */
  redirects: z.number().int().min(0).max(DESIGN_LIMITS.httpRedirects).default(0),
  /**
   * `(answer, input, ctx) => result`, with `answer` `{ status, headers, body, text }`; may `return fail('ErrorName',
   * 'why')`. Without it the result is the answer's JSON object, else `{ status, body }` or `{ status, text }`.
   */
  response: codeSchema.optional(),
})

export type HttpStatus = z.infer<typeof httpStatusSchema>
export type HttpCall = z.infer<typeof httpCallSchema>
export type HttpUrl = HttpCall['url']
export type HttpHeaders = NonNullable<HttpCall['headers']>
export type HttpBody = NonNullable<HttpCall['body']>
export type HttpErrorMapping = z.infer<typeof httpErrorMappingSchema>
