import type { HrTime } from '@opentelemetry/api'
import type { DataPoint, MetricData, ResourceMetrics } from '@opentelemetry/sdk-metrics'
import type { Distribution, Family, Registry, Sample } from '../metrics/registry'
import { otlpResource, SCOPE } from './resource'
import type { OtlpSettings } from './settings'

export interface MetricSender {
  /** Sends what is known now, and stops. */
  close(): Promise<void>
}

/**
 * Sends the registry's metrics every so often. What cannot be sent is not kept: counters count on, and the next time
 * says it all. Loads the exporter, which is not loaded otherwise.
 */
export async function startMetricSender(
  url: string,
  settings: OtlpSettings,
  registry: Registry,
  onTrouble: (error: unknown) => void,
): Promise<MetricSender> {
  const { OTLPMetricExporter } = await import('@opentelemetry/exporter-metrics-otlp-http')
  const { AggregationTemporality, DataPointType } = await import('@opentelemetry/sdk-metrics')
  const { headers, timeoutMs } = settings
  const exporter = new OTLPMetricExporter({ url, headers: { ...headers }, timeoutMillis: timeoutMs })
  const resource = await otlpResource(settings.serviceName)
  let sending: Promise<void> | null = null

  async function send(): Promise<void> {
    const families = await registry.read()
    const at = { startTime: hrTime(registry.startedAt), endTime: hrTime(Date.now()) }
    const metrics = families.map((family) => data(family, at))
    const batch: ResourceMetrics = { resource, scopeMetrics: [{ scope: SCOPE, metrics }] }
    await new Promise<void>((resolve) => {
      exporter.export(batch, ({ code, error }) => {
        if (code !== 0) onTrouble(error)
        resolve()
      })
    })
  }

  function data(family: Family, at: { readonly startTime: HrTime; readonly endTime: HrTime }): MetricData {
    const { name, help } = family
    const descriptor = { name, description: help, unit: unitOf(name), valueType: 1 }
    const base = { descriptor, aggregationTemporality: AggregationTemporality.CUMULATIVE }
    switch (family.type) {
      case 'histogram':
        return {
          ...base,
          dataPointType: DataPointType.HISTOGRAM,
          dataPoints: family.distributions.map((one) => histogramPoint(one, at)),
        }
      case 'counter':
        return {
          ...base,
          dataPointType: DataPointType.SUM,
          isMonotonic: true,
          dataPoints: family.samples.map((one) => point(one, at)),
        }
      case 'gauge':
        return {
          ...base,
          dataPointType: DataPointType.GAUGE,
          dataPoints: family.samples.map((one) => point(one, at)),
        }
    }
  }

  const tick = (): Promise<void> => {
    sending ??= send()
      .catch(onTrouble)
      .finally(() => {
        sending = null
      })
    return sending
  }
  const timer = setInterval(() => void tick(), settings.metricsEveryMs)
  timer.unref()
  return {
    async close() {
      clearInterval(timer)
      await sending
      await tick()
      await exporter.shutdown()
    },
  }
}

type When = { readonly startTime: HrTime; readonly endTime: HrTime }

const point = ({ labels, value }: Sample, when: When): DataPoint<number> => ({
  ...when,
  attributes: { ...labels },
  value,
})

const histogramPoint = ({ labels, bounds, counts, sum, count }: Distribution, when: When) => ({
  ...when,
  attributes: { ...labels },
  value: { buckets: { boundaries: [...bounds], counts: [...counts] }, sum, count },
})

/** The name ends in its unit, as Prometheus has it. */
function unitOf(name: string): string {
  const bare = name.replace(/_total$/, '')
  if (bare.endsWith('_seconds')) return 's'
  return bare.endsWith('_bytes') ? 'By' : '1'
}

const hrTime = (ms: number): HrTime => [Math.floor(ms / 1000), Math.round((ms % 1000) * 1e6)]
