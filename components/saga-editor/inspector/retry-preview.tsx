import { durationWords } from '@/components/saga-graph/node-words'
import type { RetryRule } from '@/core/design/saga'
import { retryDelayMs } from '@/core/saga'
import { formatDuration } from '@/lib/run-store/duration'

/** Bars that are drawn; what follows them is told in words. */
const MOST = 12
const TALLEST_PX = 28

/** The delays between attempts: without jitter what they are, with full jitter the most they can be. */
export function delaysOf(rule: RetryRule, most: number = MOST): readonly number[] {
  const retries = rule.maxAttempts === 'unlimited' ? most : Math.min(most, rule.maxAttempts - 1)
  return Array.from({ length: retries }, (_, at) => retryDelayMs({ ...rule, jitter: 'none' }, at + 1, 1))
}

/** What a rule comes to, in one sentence. */
export function delayWords(rule: RetryRule): string {
  const { maxAttempts, jitter } = rule
  if (maxAttempts === 1) return 'One attempt: it is not tried again.'
  const upTo = jitter === 'full' ? 'up to ' : ''
  const first = delaysOf(rule, 4).map((ms) => `${upTo}${durationWords(ms)}`)
  const goesOn = maxAttempts === 'unlimited' || maxAttempts - 1 > first.length ? ' …' : ''
  const waits = `Waits ${first.join(', ')}${goesOn}`
  if (maxAttempts === 'unlimited') return `${waits}, for ever.`
  const inAll = delaysOf(rule, maxAttempts - 1).reduce((sum, ms) => sum + ms, 0)
  return `${waits}: the last attempt begins ${upTo}${formatDuration(inAll)} after the first has failed.`
}

/** The delays as bars, and in words. */
export function RetryPreview({ rule }: { readonly rule: RetryRule }) {
  const delays = delaysOf(rule)
  const longest = Math.max(1, ...delays)
  const more = rule.maxAttempts === 'unlimited' ? '…' : Math.max(0, rule.maxAttempts - 1 - delays.length)
  return (
    <section aria-label="Delays between attempts" className="flex flex-col gap-1">
      {delays.length === 0 ? null : (
        <div aria-hidden className="flex items-end gap-1" style={{ height: TALLEST_PX }}>
          {delays.map((ms, at) => (
            <span
              // the place is all that tells them apart
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              key={at}
              title={`Before attempt ${at + 2}: ${durationWords(ms)}`}
              style={{ height: Math.max(3, Math.round((ms / longest) * TALLEST_PX)) }}
              className={
                rule.jitter === 'full'
                  ? 'w-3 rounded-t-[2px] border border-state-running border-dashed bg-soft-running'
                  : 'w-3 rounded-t-[2px] border border-state-running bg-soft-running'
              }
            />
          ))}
          {more === 0 ? null : (
            <span className="text-subtle text-xs">{more === '…' ? more : `+${more}`}</span>
          )}
        </div>
      )}
      <p className="text-muted text-xs">{delayWords(rule)}</p>
    </section>
  )
}
