import type { SpanStatus } from '@opentelemetry/api'
import type { Resource } from '@opentelemetry/resources'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import type { Span } from '@/core/trace'
import { hrTime, SCOPE } from './resource'

const UNSET = 0
const OK = 1
const ERROR = 2
const INTERNAL_KIND = 0
const SAMPLED = 1

/** A span of the log as OpenTelemetry's serializers take it. */
export function readableSpan(span: Span, resource: Resource): ReadableSpan {
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
