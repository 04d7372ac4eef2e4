import { classNames } from '@/components/ui/class-names'
import type { OperationSample } from '@/lib/preview/operation-preview'

/** Latencies as bars, failures hatched, and the same in words. */
export function SampleBars({ samples }: { readonly samples: readonly OperationSample[] }) {
  const sorted = samples.map(({ latencyMs }) => latencyMs).toSorted((a, b) => a - b)
  const longest = Math.max(sorted.at(-1) ?? 0, 1)
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0
  const failures = new Map<string, number>()
  for (const sample of samples) {
    if (sample.outcome === 'failed') failures.set(sample.code, (failures.get(sample.code) ?? 0) + 1)
  }
  return (
    <div>
      <h2 className="pb-1 text-xs font-semibold">{samples.length} calls</h2>
      <div aria-hidden className="flex h-20 items-end gap-px border-b border-line">
        {samples.map((sample, index) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a sample is known by its place
            key={index}
            className={classNames(
              'min-h-px flex-1 rounded-t-[1px]',
              sample.outcome === 'failed' ? 'border border-state-failed bg-soft-failed' : 'bg-accent',
            )}
            style={{ height: `${(sample.latencyMs / longest) * 100}%` }}
          />
        ))}
      </div>
      <dl className="data grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 pt-2">
        <dt className="text-subtle">median</dt>
        <dd>{median} ms</dd>
        <dt className="text-subtle">longest</dt>
        <dd>{sorted.at(-1) ?? 0} ms</dd>
        <dt className="text-subtle">answered</dt>
        <dd>
          {samples.filter(({ outcome }) => outcome === 'answered').length} of {samples.length}
        </dd>
        {[...failures].map(([code, count]) => (
          <div key={code} className="contents">
            <dt className="text-state-failed">{code}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
