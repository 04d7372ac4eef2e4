import type { Env } from '../../env'

/** Where traces and metrics go, as the environment says. */
export interface OtlpSettings {
  /** Null: this signal is not exported. */
  readonly tracesUrl: string | null
  readonly metricsUrl: string | null
  readonly headers: Readonly<Record<string, string>>
  readonly serviceName: string
  /** Longest time for one batch. */
  readonly timeoutMs: number
  readonly metricsEveryMs: number
}

/** @see https://opentelemetry.io/docs/specs/otel/protocol/exporter/ */
export function otlpSettings(env: Env): OtlpSettings {
  const base = env.OTEL_EXPORTER_OTLP_ENDPOINT?.replace(/\/+$/, '')
  const off = env.OTEL_SDK_DISABLED === 'true'
  const at = (own: string | undefined, path: string): string | null =>
    off ? null : (own ?? (base === undefined ? null : `${base}/${path}`))
  return {
    tracesUrl: at(env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, 'v1/traces'),
    metricsUrl: at(env.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT, 'v1/metrics'),
    headers: env.OTEL_EXPORTER_OTLP_HEADERS ?? {},
    serviceName: env.OTEL_SERVICE_NAME ?? 'saga-workbench',
    timeoutMs: env.OTEL_EXPORTER_OTLP_TIMEOUT ?? 10_000,
    metricsEveryMs: env.OTEL_METRIC_EXPORT_INTERVAL ?? 60_000,
  }
}
