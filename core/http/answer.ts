import type { HttpCall, HttpStatus } from '../design/http'
import { DESIGN_LIMITS } from '../design/limits'
import type { OperationError } from '../design/service'
import { isJsonObject, type Json, type JsonObject } from '../json'
import { nestsDeeperThan } from '../json-depth'
import type { StepError } from '../saga/events'
import type { HttpRequest } from './request'
import { valueAt } from './template'

/** What came of a request: the network's side of it, before anything is made of it. */
export type HttpAnswer =
  | {
      readonly type: 'answered'
      readonly status: number
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string>>
      readonly text: string
      /** There was more text than may be. */
      readonly cut: boolean
    }
  /** It failed before anything was sent: nothing was done. */
  | { readonly type: 'not-sent'; readonly error: StepError }
  /** It was sent, and what became of it nobody knows. */
  | { readonly type: 'no-answer'; readonly error: StepError }

/** What an answer means, before the operation's own expression has seen it. */
export type HttpVerdict =
  /** `result` is what the step gets without an expression; `answer` is what the expression gets. */
  | { readonly type: 'succeeded'; readonly result: Json; readonly answer: JsonObject }
  | { readonly type: 'failed' | 'unknown'; readonly error: StepError }

const matches = (wanted: HttpStatus, status: number): boolean =>
  typeof wanted === 'number' ? wanted === status : Number(wanted[0]) === Math.floor(status / 100)

/**
 * Says what an answer means: first the contract's error mapping, then the expected statuses, then what HTTP says.
 * - 408, 429 and 5xx are technical; any other unexpected status is business, for the same request would get it again.
 * - 502 and 504 leave the outcome unknown: a gateway tells that *it* got no answer.
 */
export function judgeAnswer(
  http: HttpCall,
  contract: readonly OperationError[],
  request: HttpRequest,
  answer: HttpAnswer,
): HttpVerdict {
  if (answer.type === 'not-sent') return { type: 'failed', error: answer.error }
  if (answer.type === 'no-answer') return { type: 'unknown', error: answer.error }
  const { status, headers, text } = answer
  const json = jsonOf(answer)
  const code = json === undefined ? undefined : valueAt(json, http.errorCodePath.split('.'))
  const message = `${saidBy(request)} answered ${status}${detailOf(json, text)}`
  const mapped = http.errors.find(
    (mapping) =>
      matches(mapping.status, status) && (mapping.code === undefined || mapping.code === asText(code)),
  )
  if (mapped) {
    const kind = contract.find(({ name }) => name === mapped.error)?.kind ?? 'business'
    return { type: 'failed', error: { code: mapped.error, message, kind } }
  }
  if (!http.expectStatuses.some((wanted) => matches(wanted, status))) {
    const technical = status === 408 || status === 429 || status >= 500
    const type = status === 502 || status === 504 ? 'unknown' : 'failed'
    return {
      type,
      error: { code: `HttpStatus${status}`, message, kind: technical ? 'technical' : 'business' },
    }
  }
  if (answer.cut || nestsDeeperThan(DESIGN_LIMITS.answerDepth, text))
    return {
      type: 'unknown',
      error: tooLarge(`${saidBy(request)} answered ${status} with more than is read`),
    }
  return {
    type: 'succeeded',
    result: resultOf(status, json, text),
    answer: { status, headers, body: json ?? null, text: json === undefined ? text : null },
  }
}

/** The work was done, or was not, and the answer that says so cannot be read. Nor could it the next time. */
export const tooLarge = (message: string): StepError => ({
  code: 'HTTP_ANSWER_TOO_LARGE',
  message,
  kind: 'business',
})

/** Without its query, which may hold what a log should not. */
export function saidBy({ method, url }: Pick<HttpRequest, 'method' | 'url'>): string {
  const [place = ''] = url.split('?')
  return `${method} ${place}`
}

function resultOf(status: number, json: Json | undefined, text: string): Json {
  if (json === undefined) return text === '' ? {} : { status, text }
  return isJsonObject(json) ? json : { status, body: json }
}

/** The answer's JSON, when it says that it is that or says nothing of its type, and it is. */
function jsonOf({ headers, text, cut }: Extract<HttpAnswer, { type: 'answered' }>): Json | undefined {
  const type = headers['content-type']
  if (cut || (type !== undefined && !/^\s*application\/(?:[\w.+-]+\+)?json\b/i.test(type))) return undefined
  if (nestsDeeperThan(DESIGN_LIMITS.answerDepth, text)) return undefined
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

const asText = (value: Json | undefined): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined

/** What the answer itself says, in one short line: the members that problem documents and common APIs use. */
function detailOf(json: Json | undefined, text: string): string {
  const said = isJsonObject(json)
    ? ['detail', 'message', 'title', 'error']
        .map((key) => json[key])
        .find((value) => typeof value === 'string')
    : json === undefined
      ? text
      : undefined
  const line = typeof said === 'string' ? said.replace(/\s+/g, ' ').trim() : ''
  return line === '' ? '' : `: ${line.length > 200 ? `${line.slice(0, 200)}…` : line}`
}
