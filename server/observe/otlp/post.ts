import type { ISerializer } from '@opentelemetry/otlp-transformer'
import { z } from 'zod'
import type { OtlpSettings } from './settings'

/** What became of one request to a collector. */
export type Posted =
  /** It took it, all but so many of what was in it. */
  | { readonly type: 'taken'; readonly rejected: number; readonly why: string }
  /** It does not want it, and will not however often it is asked. */
  | { readonly type: 'refused'; readonly why: string }
  /** It may want it later: it is away, too slow or too busy. */
  | { readonly type: 'unreachable'; readonly why: string; readonly retryAfterMs: number | null }

/** One way of putting requests into bytes, and answers back. */
export type Serializer<T> = ISerializer<T, unknown>

/** Sends what one kind of signal is made of. */
export type Post<T> = (batch: T, signal: AbortSignal) => Promise<Posted>

/** Statuses after which OTLP says to try again; any other that is no success is the last word. */
const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504])
const LONGEST_RETRY_AFTER_S = 300
/** What is told of a refusal. */
const REASON_CHARACTERS = 200

/**
 * OTLP over HTTP. Not OpenTelemetry's own sender: it reads the environment by itself, repeats by itself where the log is
 * there to be read again, and keeps to itself what a collector has rejected.
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp-response
 */
export function otlpPost<T>(url: string, settings: OtlpSettings, serializer: Serializer<T>): Post<T> {
  const { headers, protocol, timeoutMs } = settings
  const type = protocol === 'http/json' ? 'application/json' : 'application/x-protobuf'

  return async (batch, signal) => {
    const body = serializer.serializeRequest(batch)
    if (!body) return { type: 'refused', why: 'it cannot be put into bytes' }
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { ...headers, 'content-type': type },
        body: Buffer.from(body),
        // Headers may hold a key: they go where they were meant to go.
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      })
      const bytes = new Uint8Array(await answer.arrayBuffer())
      return posted(answer, bytes, serializer)
    } catch (error) {
      return { type: 'unreachable', why: reason(error), retryAfterMs: null }
    }
  }
}

function posted<T>({ status, headers }: Response, bytes: Uint8Array, serializer: Serializer<T>): Posted {
  if (status >= 200 && status < 300) return taken(bytes, serializer)
  if (!RETRYABLE.has(status)) return { type: 'refused', why: `status ${status}` }
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  const retryAfterMs = Number.isFinite(seconds) ? Math.min(seconds, LONGEST_RETRY_AFTER_S) * 1_000 : null
  return { type: 'unreachable', why: `status ${status}`, retryAfterMs }
}

const count = z.coerce.number().int().nonnegative()
const partial = z.object({
  partialSuccess: z.object({
    rejectedSpans: count.optional(),
    rejectedDataPoints: count.optional(),
    errorMessage: z.string().optional(),
  }),
})

/** What cannot be read of a success is a success. */
function taken<T>(bytes: Uint8Array, serializer: Serializer<T>): Posted {
  const read = partial.safeParse(answerOf(bytes, serializer))
  if (!read.success) return { type: 'taken', rejected: 0, why: '' }
  const { rejectedSpans = 0, rejectedDataPoints = 0, errorMessage = '' } = read.data.partialSuccess
  return {
    type: 'taken',
    rejected: rejectedSpans + rejectedDataPoints,
    why: errorMessage.slice(0, REASON_CHARACTERS),
  }
}

function answerOf<T>(bytes: Uint8Array, serializer: Serializer<T>): unknown {
  try {
    return serializer.deserializeResponse(bytes)
  } catch {
    return null
  }
}

/** `fetch failed` says nothing: its cause does. */
function reason(error: unknown): string {
  const told = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return String(told).slice(0, REASON_CHARACTERS)
}
