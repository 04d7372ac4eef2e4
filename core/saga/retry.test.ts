import { describe, expect, it } from 'vitest'
import { type RetryRule, retryRuleSchema } from '../design/saga'
import { nextAttemptAt, retryDelayMs, retryRules, VIRTUAL_ATTEMPT_LIMIT } from './retry'
import { Bench, sagaOf, undo } from './testing'

const rule = (parts: Partial<RetryRule> = {}): RetryRule => retryRuleSchema.parse(parts)
const technical = (code: string) => ({ code, message: '', kind: 'technical' }) as const
const draw = { seed: 's', nodeId: 'a', phase: 'action', virtual: false } as const
const next = (rules: readonly RetryRule[], attempt: number, code = 'Unreachable') =>
  nextAttemptAt(rules, { error: technical(code), attempt, now: 100 }, draw)

describe('the delay before the next attempt', () => {
  it('is interval · rateⁿ⁻¹', () => {
    expect(
      [1, 2, 3, 4].map((attempt) => retryDelayMs(rule({ intervalMs: 100, backoffRate: 3 }), attempt, 0)),
    ).toEqual([100, 300, 900, 2700])
  })

  it('is at most the longest interval', () => {
    expect([1, 2, 3].map((attempt) => retryDelayMs(rule({ maxIntervalMs: 1500 }), attempt, 0))).toEqual([
      1000, 1500, 1500,
    ])
  })

  it('stays a number of ms when the power overflows', () => {
    const year = 366 * 24 * 3_600_000
    expect(retryDelayMs(rule({ backoffRate: 10 }), 1000, 0)).toBe(year)
    expect(retryDelayMs(rule({ backoffRate: 10, intervalMs: 0 }), 1000, 0)).toBe(0)
  })

  it('with full jitter lies anywhere from nothing to the whole of it', () => {
    const jitter = rule({ jitter: 'full' })
    expect([0, 0.25, 0.999999].map((random) => retryDelayMs(jitter, 2, random))).toEqual([0, 500, 2000])
    const delays = Array.from(
      { length: 500 },
      (_, at) =>
        nextAttemptAt([jitter], { error: technical('X'), attempt: 1, now: 0 }, { ...draw, seed: `s${at}` }) ??
        -1,
    )
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...delays)).toBeLessThanOrEqual(1000)
    expect(new Set(delays).size).toBeGreaterThan(300)
  })

  it('is the same whenever the same run is replayed', () => {
    expect(next([rule({ jitter: 'full' })], 1)).toBe(next([rule({ jitter: 'full' })], 1))
  })
})

describe('the rules', () => {
  it('the first that matches the error decides', () => {
    const rules = [
      rule({ errors: ['Timeout'], intervalMs: 5 }),
      rule({ errors: ['Unreachable'], intervalMs: 7 }),
      rule({ intervalMs: 9 }),
    ]
    expect(['Timeout', 'Unreachable', 'Other'].map((code) => next(rules, 1, code))).toEqual([105, 107, 109])
  })

  it('no rule that matches is no retry, even if a later attempt would be allowed', () => {
    expect(next([rule({ errors: ['Timeout'] })], 1)).toBeNull()
    expect(next([rule({ errors: ['Unreachable'], maxAttempts: 1 }), rule({ maxAttempts: 9 })], 1)).toBeNull()
  })

  it('attempts are counted with the first', () => {
    expect([1, 2, 3].map((attempt) => next([rule({ maxAttempts: 3 })], attempt) !== null)).toEqual([
      true,
      true,
      false,
    ])
  })

  it('a business failure is never retried', () => {
    expect(
      nextAttemptAt(
        [rule({ maxAttempts: 'unlimited' })],
        { error: { code: 'X', message: '', kind: 'business' }, attempt: 1, now: 0 },
        draw,
      ),
    ).toBeNull()
  })

  it('unlimited is unlimited on the wall clock, and ends after a thousand attempts in virtual time', () => {
    const rules = [rule({ maxAttempts: 'unlimited', intervalMs: 0 })]
    expect(next(rules, 1_000_000)).not.toBeNull()
    const virtual = (attempt: number) =>
      nextAttemptAt(rules, { error: technical('X'), attempt, now: 0 }, { ...draw, virtual: true })
    expect([virtual(VIRTUAL_ATTEMPT_LIMIT - 1), virtual(VIRTUAL_ATTEMPT_LIMIT)]).toEqual([0, null])
  })
})

describe('what a step does not say', () => {
  const { plan } = new Bench(
    sagaOf(
      {
        plain: { compensation: undo },
        forward: { kind: 'retriable' },
        said: { retry: [{ maxAttempts: 7 }] },
      },
      ['start>plain>forward>said>end'],
    ),
  )
  const most = (id: string, phase: 'action' | 'compensation') => {
    const step = plan.step(id)
    return step ? retryRules(step, phase).map(({ maxAttempts }) => maxAttempts) : null
  }
  it('a step is not retried, a retriable one is tried 20 times, a compensation 5 times', () => {
    expect([
      most('plain', 'action'),
      most('forward', 'action'),
      most('plain', 'compensation'),
      most('said', 'action'),
    ]).toEqual([[], [20], [5], [7]])
  })

  it('a technical failure of a step without a policy fails it at once', () => {
    const run = new Bench(sagaOf({ a: {} }, ['start>a>end'])).comesTo('Unreachable', 'a')
    expect(run.story).toContain('StepFailed a')
    expect(run.story).not.toContain('StepAttemptFailed a')
  })
})
