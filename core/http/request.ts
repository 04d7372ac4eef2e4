import type { HttpCall } from '../design/http'
import { DESIGN_LIMITS } from '../design/limits'
import { isJsonObject, type Json } from '../json'
import { assertNever, err, ok, type Result } from '../result'
import type { StepError } from '../saga/events'
import { headerProblem } from './headers'
import { fillTemplate } from './template'
import { readHttpUrl } from './url'

/** One request, finished: data for whoever has a network. */
export interface HttpRequest {
  readonly method: HttpCall['method']
  readonly url: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  /** On the clock on the wall; null: as long as the server gives one that does not say. */
  readonly timeoutMs: number | null
  readonly redirects: number
}

/** Calls one of the operation's functions with the input. */
export type AskForPart = (part: 'url' | 'headers' | 'body') => Promise<Result<Json, StepError>>

/** A request that cannot be sent: the same input gives the same one, so it is never tried again. */
export const requestInvalid = (message: string): StepError => ({
  code: 'HTTP_REQUEST_INVALID',
  message,
  kind: 'business',
})

/**
 * Makes the request of a call.
 * @param key the same for every attempt of a step, and another for its compensation: the `Idempotency-Key`
 * @returns the request; or why there is none (HTTP_REQUEST_INVALID, or the fault of an expression): nothing is sent then
 */
export async function httpRequest(
  http: HttpCall,
  input: Json,
  key: string,
  ask: AskForPart,
): Promise<Result<HttpRequest, StepError>> {
  const url = await urlOf(http, input, ask)
  if (!url.ok) return url
  const own = await headersOf(http, ask)
  if (!own.ok) return own
  const body = await bodyOf(http, input, ask)
  if (!body.ok) return body
  const { method, timeoutMs = null, redirects } = http
  const headers = {
    accept: 'application/json, */*;q=0.5',
    'user-agent': 'saga-workbench',
    ...(body.value === null ? {} : { 'content-type': 'application/json' }),
    ...own.value,
    'idempotency-key': key,
  }
  return ok({ method, url: url.value, headers, body: body.value, timeoutMs, redirects })
}

async function urlOf({ url }: HttpCall, input: Json, ask: AskForPart): Promise<Result<string, StepError>> {
  const written = url.type === 'template' ? filled(url.template, input) : await ask('url')
  if (!written.ok) return written
  if (typeof written.value !== 'string') return err(requestInvalid('url must return a text'))
  const read = readHttpUrl(written.value)
  return read.ok ? ok(read.value.href) : err(requestInvalid(read.error))
}

function filled(template: string, input: Json): Result<string, StepError> {
  const text = fillTemplate(template, input)
  return text.ok ? text : err(requestInvalid(text.error))
}

async function headersOf(
  { headers }: HttpCall,
  ask: AskForPart,
): Promise<Result<Readonly<Record<string, string>>, StepError>> {
  if (headers === undefined) return ok({})
  const fields = headers.type === 'fixed' ? ok(headers.fields) : await askedFields(ask)
  if (!fields.ok) return fields
  if (fields.value.length > DESIGN_LIMITS.headers)
    return err(requestInvalid(`a request has at most ${DESIGN_LIMITS.headers} headers`))
  for (const { name, value } of fields.value) {
    const wrong = headerProblem(name, value)
    if (wrong !== undefined) return err(requestInvalid(wrong))
  }
  return ok(Object.fromEntries(fields.value.map(({ name, value }) => [name.toLowerCase(), value])))
}

async function askedFields(
  ask: AskForPart,
): Promise<Result<readonly { readonly name: string; readonly value: string }[], StepError>> {
  const answer = await ask('headers')
  if (!answer.ok) return answer
  if (!isJsonObject(answer.value)) return err(requestInvalid('headers must return an object'))
  const fields: { name: string; value: string }[] = []
  for (const [name, value] of Object.entries(answer.value)) {
    // What an expression leaves null is left out.
    if (value === null) continue
    if (typeof value === 'object') return err(requestInvalid(`the header ${name.slice(0, 80)} is no text`))
    fields.push({ name, value: String(value) })
  }
  return ok(fields)
}

async function bodyOf(
  { method, body }: HttpCall,
  input: Json,
  ask: AskForPart,
): Promise<Result<string | null, StepError>> {
  switch (body?.type) {
    case undefined:
      return ok(method === 'GET' || method === 'DELETE' ? null : JSON.stringify(input))
    case 'input':
      return ok(JSON.stringify(input))
    case 'none':
      return ok(null)
    case 'code': {
      const answer = await ask('body')
      if (!answer.ok) return answer
      return ok(answer.value === null ? null : JSON.stringify(answer.value))
    }
    default:
      return assertNever(body)
  }
}
