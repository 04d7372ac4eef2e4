import type { Distribution, Family, Labels } from './registry'

export const PROMETHEUS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/**
 * Families in Prometheus's text format 0.0.4.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export const prometheusText = (families: readonly Family[]): string =>
  families.map((family) => `${lines(family).join('\n')}\n`).join('')

function lines(family: Family): readonly string[] {
  const { name, help, type } = family
  const head = [
    `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
    `# TYPE ${name} ${type}`,
  ]
  if (family.type === 'histogram')
    return [...head, ...family.distributions.flatMap((one) => distribution(name, one))]
  return [
    ...head,
    ...family.samples.map(({ labels, value }) => `${name}${labelText(labels)} ${number(value)}`),
  ]
}

function distribution(name: string, { labels, bounds, counts, sum, count }: Distribution): readonly string[] {
  let upTo = 0
  const buckets = counts.map((n, index) => {
    upTo += n
    const le = index < bounds.length ? number(bounds[index] ?? 0) : '+Inf'
    return `${name}_bucket${labelText({ ...labels, le })} ${upTo}`
  })
  return [
    ...buckets,
    `${name}_sum${labelText(labels)} ${number(sum)}`,
    `${name}_count${labelText(labels)} ${count}`,
  ]
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')

const number = (value: number): string =>
  Number.isFinite(value) ? String(value) : Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
