import type { RetryRule, StepNode } from '../design/saga'
import { randomAt } from '../random'
import type { Phase, StepError } from './events'

/** In virtual time, and step by step, nothing spins for ever: an unlimited policy gives up after this many attempts. */
export const VIRTUAL_ATTEMPT_LIMIT = 1_000

const RULE = {
  errors: [],
  intervalMs: 1000,
  backoffRate: 2,
  jitter: 'none',
} as const satisfies Partial<RetryRule>

/**
 * The rules a step is retried by. What a step does not say: a retriable step has 20 attempts, a compensation 5, and
 * any other step is not retried.
 */
export function retryRules(step: StepNode, phase: Phase): readonly RetryRule[] {
  if (phase === 'compensation') return step.compensation?.retry ?? [{ ...RULE, maxAttempts: 5 }]
  return (
    step.retry ?? (step.kind === 'retriable' ? [{ ...RULE, maxAttempts: 20, maxIntervalMs: 60_000 }] : [])
  )
}

/**
 * When the attempt after `attempt` starts, or null when there is none. The first rule that matches the error decides.
 * @param attempt the attempt that failed, 1-based
 * @param now epoch ms
 * @returns epoch ms
 */
export function nextAttemptAt(
  rules: readonly RetryRule[],
  failed: { readonly error: StepError; readonly attempt: number; readonly now: number },
  draw: { readonly seed: string; readonly nodeId: string; readonly phase: Phase; readonly virtual: boolean },
): number | null {
  if (failed.error.kind === 'business') return null
  const rule = rules.find(
    (candidate) => candidate.errors.length === 0 || candidate.errors.includes(failed.error.code),
  )
  if (!rule) return null
  const most =
    rule.maxAttempts === 'unlimited'
      ? draw.virtual
        ? VIRTUAL_ATTEMPT_LIMIT
        : Number.POSITIVE_INFINITY
      : rule.maxAttempts
  if (failed.attempt >= most) return null
  return (
    failed.now +
    retryDelayMs(rule, failed.attempt, randomAt(draw.seed, 'jitter', draw.nodeId, draw.phase, failed.attempt))
  )
}

/**
 * Delay n = min(interval · rateⁿ⁻¹, max) in whole ms; with full jitter, a share of it drawn by `random`.
 * @param random in [0, 1)
 */
export function retryDelayMs(rule: RetryRule, attempt: number, random: number): number {
  // A year is the most a duration may be: the power overflows long before.
  const most = rule.maxIntervalMs ?? 366 * 24 * 3_600_000
  // 0 times an overflowed power would be no number at all.
  const delay =
    rule.intervalMs === 0 ? 0 : Math.min(rule.intervalMs * rule.backoffRate ** (attempt - 1), most)
  return Math.round(rule.jitter === 'full' ? delay * random : delay)
}
