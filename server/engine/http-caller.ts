import { performance } from 'node:perf_hooks'
import type { HttpAnswer } from '@/core/http/answer'
import { type HttpRequest, requestInvalid } from '@/core/http/request'
import type { Phase } from '@/core/saga'
import { LIMITS } from '../limits'
import { type HttpSettings, PUBLIC_ONLY } from './address-guard'
import { type Hop, sendOnce } from './http-hop'
import { redirected } from './http-redirect'
import { turnstile } from './turnstile'

/** Which attempt a call belongs to: for whoever traces it. */
export interface CallAbout {
  readonly runId: string
  readonly nodeId: string
  readonly phase: Phase
  readonly attempt: number
}

export interface HttpCallerOptions {
  readonly settings?: HttpSettings
  /** Headers that say which trace a call belongs to, such as `traceparent`; they win over the design's. */
  readonly traceHeaders?: (about: CallAbout) => Readonly<Record<string, string>>
}

export interface HttpCallEnd {
  readonly answer: HttpAnswer
  /** On the clock on the wall. */
  readonly tookMs: number
}

/** Sends the requests of real calls. */
export interface HttpCaller {
  /** Never rejects: whatever goes wrong is an answer. @param signal ends it: what became of it is then unknown */
  call(request: HttpRequest, about: CallAbout, signal: AbortSignal): Promise<HttpCallEnd>
}

export function createHttpCaller({
  settings = PUBLIC_ONLY,
  traceHeaders = () => ({}),
}: HttpCallerOptions = {}): HttpCaller {
  const inTurn = turnstile(LIMITS.httpCallsAtOnce)
  return {
    async call(request, about, signal) {
      const began = performance.now()
      const headers = { ...request.headers, ...traceHeaders(about) }
      const answer = await inTurn(() => follow({ ...request, headers }, settings, signal))
      return { answer, tookMs: Math.round(performance.now() - began) }
    },
  }
}

/** Sends a request, and what its redirects ask for; all of it together takes no longer than one call may. */
async function follow(
  request: HttpRequest,
  settings: HttpSettings,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  if (request.body !== null && Buffer.byteLength(request.body) > LIMITS.httpRequestBytes)
    return {
      type: 'not-sent',
      error: requestInvalid(`a body of a call has at most ${LIMITS.httpRequestBytes} bytes`),
    }
  const timeoutMs = Math.min(request.timeoutMs ?? LIMITS.httpDefaultTimeoutMs, LIMITS.httpTimeoutMs)
  const expires = performance.now() + timeoutMs
  const most = Math.min(request.redirects, LIMITS.httpRedirects)
  let hop: Hop = request
  /** A request that may have done something has been answered with a redirect. */
  let done = false
  for (let followed = 0; ; followed += 1) {
    const answer = await sendOnce(hop, settings, { leftMs: expires - performance.now(), timeoutMs, signal })
    if (answer.type === 'not-sent') return done ? { type: 'no-answer', error: answer.error } : answer
    if (answer.type === 'no-answer' || followed >= most) return answer
    const next = redirected(hop, answer)
    if (next === null) return answer
    done ||= next.done
    hop = next.hop
  }
}
