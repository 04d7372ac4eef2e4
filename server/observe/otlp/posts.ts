import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import type { Span } from '@/core/trace'
import { otlpPost, type Post } from './post'
import { readableSpan } from './readable-span'
import { otlpResource } from './resource'
import type { OtlpSettings } from './settings'

// What puts signals into bytes is loaded by those who export, and by nobody else.

export async function spanPost(url: string, settings: OtlpSettings): Promise<Post<readonly Span[]>> {
  const { JsonTraceSerializer, ProtobufTraceSerializer } = await import('@opentelemetry/otlp-transformer')
  const serializer = settings.protocol === 'http/json' ? JsonTraceSerializer : ProtobufTraceSerializer
  const post = otlpPost(url, settings, serializer)
  const resource = await otlpResource(settings.serviceName)
  return (spans, signal) =>
    post(
      spans.map((span) => readableSpan(span, resource)),
      signal,
    )
}

export async function metricPost(
  url: string,
  settings: OtlpSettings,
): Promise<Post<ResourceMetrics['scopeMetrics']>> {
  const { JsonMetricsSerializer, ProtobufMetricsSerializer } = await import('@opentelemetry/otlp-transformer')
  const serializer = settings.protocol === 'http/json' ? JsonMetricsSerializer : ProtobufMetricsSerializer
  const post = otlpPost(url, settings, serializer)
  const resource = await otlpResource(settings.serviceName)
  return (scopeMetrics, signal) => post({ resource, scopeMetrics }, signal)
}
