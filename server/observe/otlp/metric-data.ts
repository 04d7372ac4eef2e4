import type { HrTime } from '@opentelemetry/api'
import type { DataPoint, MetricData } from '@opentelemetry/sdk-metrics'
import type { Distribution, Family, Sample } from '../metrics/registry'

/** From when a counter counts, and when it was read. */
export interface When {
  readonly startTime: HrTime
  readonly endTime: HrTime
}

// The values of OpenTelemetry's enums, which are loaded with a whole SDK.
const DOUBLE = 1
const CUMULATIVE = 1
const HISTOGRAM = 0
const GAUGE = 2
const SUM = 3

/** A family as OpenTelemetry's serializers take it. */
export function metricData(family: Family, when: When): MetricData {
  const { name, help } = family
  const descriptor = { name, description: help, unit: unitOf(name), valueType: DOUBLE }
  const base = { descriptor, aggregationTemporality: CUMULATIVE }
  switch (family.type) {
    case 'histogram': {
      const dataPoints = family.distributions.map((one) => histogramPoint(one, when))
      return { ...base, dataPointType: HISTOGRAM, dataPoints }
    }
    case 'counter': {
      const dataPoints = family.samples.map((one) => point(one, when))
      return { ...base, dataPointType: SUM, isMonotonic: true, dataPoints }
    }
    case 'gauge': {
      const dataPoints = family.samples.map((one) => point(one, when))
      return { ...base, dataPointType: GAUGE, dataPoints }
    }
  }
}

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
