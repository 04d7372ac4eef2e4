import {
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isWorkbenchError } from '@/core/errors'
import { type HttpAnswer, saidBy, tooLarge } from '@/core/http/answer'
import { type HttpRequest, requestInvalid } from '@/core/http/request'
import { readHttpUrl } from '@/core/http/url'
import type { StepError } from '@/core/saga'
import { LIMITS } from '../limits'
import { type HttpSettings, type Passage, passageTo } from './address-guard'

/** One request to one host. */
export type Hop = Pick<HttpRequest, 'method' | 'url' | 'headers' | 'body'>

export interface HopTime {
  readonly leftMs: number
  /** What the whole call has: for the message. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

const technical = (code: string, message: string): StepError => ({ code, message, kind: 'technical' })

/**
 * Sends one request and reads its answer, within its limits. Never rejects.
 * Whether anything was sent decides what a failure means: before the connection stood nothing was done; after it,
 * nobody knows. No connection is kept: one that the other side had already closed would leave that in doubt.
 */
export function sendOnce(hop: Hop, settings: HttpSettings, time: HopTime): Promise<HttpAnswer> {
  const read = readHttpUrl(hop.url)
  if (!read.ok) return Promise.resolve({ type: 'not-sent', error: requestInvalid(read.error) })
  const url = read.value
  let passage: Passage
  try {
    passage = passageTo(url, settings)
  } catch (error) {
    return Promise.resolve(failed(hop, error, false))
  }
  return new Promise<HttpAnswer>((resolve) => {
    let sent = false
    let timedOut = false
    const options: RequestOptions = {
      method: hop.method,
      headers: {
        ...hop.headers,
        'accept-encoding': 'identity',
        connection: 'close',
        ...(hop.body === null ? {} : { 'content-length': Buffer.byteLength(hop.body) }),
      },
      lookup: passage.lookup,
      agent: false,
      maxHeaderSize: LIMITS.httpHeaderBytes,
      signal: time.signal,
    }
    const secure = url.protocol === 'https:'
    const request = secure ? httpsRequest(url, options) : httpRequest(url, options)
    const timer = setTimeout(
      () => {
        timedOut = true
        request.destroy()
      },
      Math.max(0, time.leftMs),
    )
    const end = (answer: HttpAnswer): void => {
      clearTimeout(timer)
      resolve(answer)
    }
    const lost = (error: unknown): void =>
      end(timedOut ? late(hop, time.timeoutMs, sent) : failed(hop, error, sent))

    watch(request, secure, passage, () => {
      sent = true
    })
    request.on('error', lost)
    request.once('response', (response) => {
      readText(response).then(
        ({ text, cut }) => {
          end({ type: 'answered', status: response.statusCode ?? 0, headers: headersOf(response), text, cut })
          // What is left of too long an answer is not waited for.
          request.destroy()
        },
        (error: unknown) => lost(error),
      )
    })
    request.end(hop.body ?? undefined)
    // What cannot even be begun, for a header that Node refuses, say.
  }).catch((error: unknown) => ({
    type: 'not-sent',
    error: requestInvalid(error instanceof Error ? error.message : String(error)),
  }))
}

/** Sees the connection stand, and the address it stands to, before the request goes out on it. */
function watch(request: ClientRequest, secure: boolean, passage: Passage, stands: () => void): void {
  request.once('socket', (socket) => {
    socket.once('connect', () => {
      if (!passage.admits(socket.remoteAddress)) request.destroy(passage.refusal())
      else if (!secure) stands()
    })
    if (secure) socket.once('secureConnect', stands)
  })
}

async function readText(
  response: IncomingMessage,
): Promise<{ readonly text: string; readonly cut: boolean }> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > LIMITS.httpAnswerBytes) return { text: textOf(chunks), cut: true }
    chunks.push(chunk)
  }
  return { text: textOf(chunks), cut: false }
}

const textOf = (chunks: readonly Buffer[]): string => new TextDecoder().decode(Buffer.concat(chunks))

const headersOf = ({ headers }: IncomingMessage): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )

function late(hop: Hop, timeoutMs: number, sent: boolean): HttpAnswer {
  return sent
    ? {
        type: 'no-answer',
        error: technical('HttpTimeout', `${saidBy(hop)} did not answer within ${timeoutMs} ms`),
      }
    : {
        type: 'not-sent',
        error: technical('ConnectTimeout', `${saidBy(hop)} could not be connected to within ${timeoutMs} ms`),
      }
}

/** What an error of the network means. */
function failed(hop: Hop, error: unknown, sent: boolean): HttpAnswer {
  if (isWorkbenchError(error))
    return { type: 'not-sent', error: { code: error.code, message: error.message, kind: 'business' } }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'HPE_HEADER_OVERFLOW')
    return { type: 'no-answer', error: tooLarge(`${saidBy(hop)} answered with more headers than are read`) }
  if (sent) {
    const why = code === '' ? '' : ` (${code})`
    return {
      type: 'no-answer',
      error: technical(
        'ConnectionLost',
        `${saidBy(hop)}: the connection was lost before an answer came${why}`,
      ),
    }
  }
  const message = `${saidBy(hop)} could not be connected to (${code || 'no reason given'})`
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_NODATA')
    return { type: 'not-sent', error: technical('HostNotFound', message) }
  if (/^ERR_TLS|^ERR_SSL|CERT|SELF_SIGNED|UNABLE_TO|EPROTO/.test(code))
    return { type: 'not-sent', error: technical('TlsFailed', message) }
  return { type: 'not-sent', error: technical('ConnectionRefused', message) }
}
