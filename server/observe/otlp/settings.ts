import type { Env } from '../../env'

/** Where traces and metrics go, as the environment says. */
export interface OtlpSettings {
  /** Null: this signal is not exported. */
  readonly tracesUrl: string | null
  readonly metricsUrl: string | null
  readonly headers: Readonly<Record<string, string>>
  readonly protocol: 'http/json' | 'http/protobuf'
  readonly serviceName: string
  /** Longest time for one request. */
  readonly timeoutMs: number
  readonly metricsEveryMs: number
  /** How long a span waits for others to go with it. */
  readonly lingerMs: number
}

/** @see https://opentelemetry.io/docs/specs/otel/protocol/exporter/ */
export function otlpSettings(env: Env): OtlpSettings {
  const off = env.OTEL_SDK_DISABLED === 'true'
  const base = env.OTEL_EXPORTER_OTLP_ENDPOINT
  const at = (own: string | undefined, path: string): string | null => {
    if (off) return null
    return own ?? (base === undefined ? null : beneath(base, path))
  }
  return {
    tracesUrl: at(env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, 'v1/traces'),
    metricsUrl: at(env.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT, 'v1/metrics'),
    headers: env.OTEL_EXPORTER_OTLP_HEADERS ?? {},
    protocol: env.OTEL_EXPORTER_OTLP_PROTOCOL ?? 'http/json',
    serviceName: env.OTEL_SERVICE_NAME ?? 'saga-workbench',
    timeoutMs: env.OTEL_EXPORTER_OTLP_TIMEOUT ?? 10_000,
    metricsEveryMs: env.OTEL_METRIC_EXPORT_INTERVAL ?? 60_000,
    lingerMs: env.OTEL_BSP_SCHEDULE_DELAY ?? 1_000,
  }
}

function beneath(base: string, path: string): string {
  const url = new URL(base)
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${path}`
  return url.href
}
