import type { HrTime, SpanStatus } from '@opentelemetry/api'
import type { Resource } from '@opentelemetry/resources'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import type { Span } from '@/core/trace'
import { otlpResource, SCOPE } from './resource'
import type { OtlpSettings } from './settings'

/** `refused`: the collector does not want these, and will not however often it is asked. */
export type Sent = 'sent' | 'refused' | 'unreachable'

export interface SpanSender {
  /** @param spans that have ended */
  send(spans: readonly Span[]): Promise<Sent>
  close(): Promise<void>
}

/** Loads the exporter, which is not loaded otherwise. */
export async function openSpanSender(url: string, settings: OtlpSettings): Promise<SpanSender> {
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http')
  const { headers, timeoutMs } = settings
  const exporter = new OTLPTraceExporter({ url, headers: { ...headers }, timeoutMillis: timeoutMs })
  const resource = await otlpResource(settings.serviceName)
  return {
    send: (spans) =>
      new Promise((resolve) => {
        exporter.export(
          spans.map((span) => readable(span, resource)),
          ({ code, error }) => resolve(code === SUCCESS ? 'sent' : sentOf(error)),
        )
      }),
    close: () => exporter.shutdown(),
  }
}

const SUCCESS = 0

/** Statuses after which OTLP says to try again; any other answer is the last word. */
const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504])

function sentOf(error: Error | undefined): Sent {
  const status = error !== undefined && 'code' in error ? error.code : undefined
  return typeof status === 'number' && status >= 400 && !RETRYABLE.has(status) ? 'refused' : 'unreachable'
}

const UNSET = 0
const OK = 1
const ERROR = 2
const INTERNAL_KIND = 0
const SAMPLED = 1

/** A span of the log as OpenTelemetry's exporters take it. */
function readable(span: Span, resource: Resource): ReadableSpan {
  const { traceId, spanId, parentId, startAt, startSeq, kind, attributes, links, events } = span
  const endAt = span.endAt ?? startAt
  return {
    name: span.name,
    kind: INTERNAL_KIND,
    spanContext: () => ({ traceId, spanId, traceFlags: SAMPLED }),
    ...(parentId === null ? {} : { parentSpanContext: { traceId, spanId: parentId, traceFlags: SAMPLED } }),
    startTime: hrTime(startAt),
    endTime: hrTime(endAt),
    duration: hrTime(endAt - startAt),
    ended: true,
    status: statusOf(span),
    attributes: {
      ...attributes,
      'saga.span.kind': kind,
      'saga.outcome': span.outcome,
      'saga.seq': startSeq,
    },
    links: links.map((link) => ({
      context: { traceId: link.traceId, spanId: link.spanId, traceFlags: SAMPLED },
      attributes: { 'saga.link': link.why },
    })),
    events: events.map(({ name, at, seq, attributes: own }) => ({
      name,
      time: hrTime(at),
      attributes: { ...own, 'saga.seq': seq },
    })),
    resource,
    instrumentationScope: SCOPE,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  }
}

function statusOf({ outcome, errorCode }: Span): SpanStatus {
  if (errorCode !== null) return { code: ERROR, message: errorCode }
  return { code: outcome === 'succeeded' || outcome === 'compensated' ? OK : UNSET }
}

const hrTime = (ms: number): HrTime => [Math.floor(ms / 1000), Math.round((ms % 1000) * 1e6)]
